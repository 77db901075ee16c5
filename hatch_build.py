"""Compiles the matching kernel while the package is built or installed, where there is a C compiler.

Without a compiler (or with one that fails) the package is built without it: names are then matched in Python,
with the same scores. ``CC`` names another compiler.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FLAGS = ["-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared"]
FOLDER = "src/finemesh/matching"


class KernelHook(BuildHookInterface[Any]):
    """Puts ``_kernel.so`` beside ``finemesh/matching/kernel.py``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say that the wheel is for this platform."""
        folder = Path(self.root) / FOLDER
        if not compile_kernel(folder / "native", folder / "_kernel.so"):
            print("finemesh: no C compiler, names will be matched in Python (slower)", file=sys.stderr)
            return
        build_data["artifacts"].append(f"/{FOLDER}/_kernel.so")
        if version != "editable":
            build_data["pure_python"] = False
            build_data["tag"] = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")

    def clean(self, versions: list[str]) -> None:
        """Take away what was compiled."""
        (Path(self.root) / FOLDER / "_kernel.so").unlink(missing_ok=True)


def compile_kernel(sources: Path, target: Path) -> bool:
    """Compile the C files of a folder into a shared library; whether that went well."""
    compiler = shlex.split(os.environ.get("CC", "")) or [shutil.which("cc") or shutil.which("gcc") or ""]
    if not compiler[0]:
        return False
    partial = target.with_suffix(".part")
    command = [*compiler, *FLAGS, *map(str, sorted(sources.glob("*.c"))), "-o", str(partial)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"finemesh: {error}", file=sys.stderr)
        return False
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return False
    partial.replace(target)
    return True
