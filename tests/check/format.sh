#!/bin/sh
# SPDX-License-Identifier: MIT
# format.sh ROOT: every C and C++ file is as .clang-format says.
set -eu
cd "$1"
if ! command -v clang-format >/dev/null; then
    echo 'no clang-format here'
    exit 77
fi
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    files=$(git ls-files --cached --others --exclude-standard '*.c' '*.h' '*.cpp')
else
    files=$(find cli examples include lib tests -name '*.c' -o -name '*.h' -o -name '*.cpp')
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! echo "$files" | xargs clang-format --dry-run --Werror >"$log" 2>&1; then
    # Where to run `clang-format -i`; it would quote every line.
    sed -nE 's/^([^ ]+):[0-9]+:[0-9]+: .*/\1/p' "$log" | sort | uniq -c
    grep -qE '^[^ ]+:[0-9]+:[0-9]+: ' "$log" || cat "$log"
    exit 1
fi
