#!/bin/sh
# SPDX-License-Identifier: MIT
# output.sh EXPECTED PROGRAM [ARGUMENT...]: the program prints just what the file says, and exits 0.
set -eu
expected=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$@" >"$work/output" </dev/null
diff -u "$expected" "$work/output"
