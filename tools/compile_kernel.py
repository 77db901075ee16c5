"""Compile the matching kernel in place: ``python tools/compile_kernel.py``. The installation does the same.

Needs nothing but a C compiler; ``CC`` names another one than ``cc``.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared")
FOLDER = "src/finemesh/matching"


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


if __name__ == "__main__":
    folder = Path(__file__).parents[1] / FOLDER
    sys.exit(0 if compile_kernel(folder / "native", folder / "_kernel.so") else 1)
