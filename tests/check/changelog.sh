#!/bin/sh
# SPDX-License-Identifier: MIT
# changelog.sh CHANGELOG VERSION: the version has its chapter.
set -eu
if ! grep -qE "^## \[?$(echo "$2" | sed 's/\./\\./g')\]?( |$)" "$1"; then
    echo "$1 has no chapter '## $2'"
    exit 1
fi
