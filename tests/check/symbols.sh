#!/bin/sh
# SPDX-License-Identifier: MIT
# symbols.sh LIBRARY LIST: the shared library exports what the checked-in list says, and no more.
# UPDATE=1 writes the list.
set -eu
library=$1
list=$2
case $library in
*.so | *.so.*) ;;
*)
    echo 'no shared library in this build'
    exit 77
    ;;
esac
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
nm -D --defined-only "$library" | awk '{ print $NF }' | LC_ALL=C sort >"$actual"
if [ "${UPDATE-}" = 1 ]; then
    cp "$actual" "$list"
fi
diff -u "$list" "$actual"
