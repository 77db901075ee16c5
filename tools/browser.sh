#!/bin/sh
# The page tests drive a real Chromium: the system's, else the one that Playwright can bring.
# Without either they are skipped (and with FINEMESH_REQUIRE_BROWSER=1, as in CI, they fail).
set -u
PYTHON=${PYTHON:-python3}
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
"$PYTHON" - <<'PY' && exit 0
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())
PY
echo "No Chromium here; asking Playwright for one ..." >&2
timeout 300 "$PYTHON" -m playwright install chromium >/dev/null 2>&1 ||
    echo "None could be had: the page tests will be skipped. Install one with: sudo apt-get install chromium" >&2
exit 0
