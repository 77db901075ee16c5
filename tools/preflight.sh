#!/bin/sh
# Say early, and with the package names, what this machine lacks to install finemesh.
# PyICU (needed by followthemoney) is compiled during the installation: a C++ compiler and ICU's headers.
set -u
PYTHON=${PYTHON:-python3}
missing=""

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    echo "finemesh needs Python 3.11 or newer, and '$PYTHON' is not there. Install it, or name it: make demo PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "finemesh needs Python 3.11 or newer; $PYTHON is $("$PYTHON" -V). Name another one: make demo PYTHON=python3.12" >&2
    exit 1
fi
"$PYTHON" -c 'import venv, ensurepip' >/dev/null 2>&1 || missing="$missing python3-venv"
command -v c++ >/dev/null 2>&1 || command -v g++ >/dev/null 2>&1 || command -v clang++ >/dev/null 2>&1 || missing="$missing g++"
header=$("$PYTHON" -c 'import sysconfig, os; print(os.path.join(sysconfig.get_path("include"), "Python.h"))')
[ -f "$header" ] || missing="$missing python3-dev"
command -v pkg-config >/dev/null 2>&1 || command -v icu-config >/dev/null 2>&1 || missing="$missing pkg-config"
if command -v pkg-config >/dev/null 2>&1; then
    pkg-config --exists icu-i18n || missing="$missing libicu-dev"
fi

if [ -n "$missing" ]; then
    echo "Before finemesh can be installed, this machine needs:$missing" >&2
    echo "  Debian, Ubuntu:  sudo apt-get install$missing" >&2
    echo "  Fedora:          sudo dnf install gcc-c++ python3-devel pkgconf libicu-devel" >&2
    echo "  macOS:           xcode-select --install; brew install icu4c pkg-config" >&2
    echo "                   export PKG_CONFIG_PATH=\"\$(brew --prefix)/opt/icu4c/lib/pkgconfig\"" >&2
    exit 1
fi
