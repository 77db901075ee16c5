"""Compiles the matching kernel while the package is built or installed, where there is a C compiler.

Without a compiler (or with one that fails) the package is built without it: names are then matched in Python,
with the same scores.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))
from compile_kernel import FOLDER, compile_kernel


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
