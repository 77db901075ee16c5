"""``python -m finemesh``."""

from finemesh.cli import main

main()
