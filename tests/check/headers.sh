#!/bin/sh
# SPDX-License-Identifier: MIT
# headers.sh INCLUDE: each public header compiles alone, as C11 and as C++11, without a warning; it
# is installed, and cxmine.h includes it.
# CC and CXX name the compilers.
set -eu
include=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
strict='-Wall -Wextra -Wpedantic -Wshadow -Werror -fsyntax-only'
failed=0
for header in "$include"/cxmine.h "$include"/cxmine/*.h; do
    name=${header#"$include"/}
    # Twice, so that a missing guard shows.
    printf '#include <%s>\n#include <%s>\ntypedef int used;\n' "$name" "$name" >"$work/alone.c"
    cp "$work/alone.c" "$work/alone.cpp"
    ${CC:-cc} -std=c11 $strict -I "$include" "$work/alone.c" || failed=1
    ${CXX:-c++} -std=c++11 $strict -I "$include" "$work/alone.cpp" || failed=1
    [ "$name" = cxmine.h ] || grep -qx "#include <$name>" "$include/cxmine.h" || {
        echo "$name: not in cxmine.h"
        failed=1
    }
    grep -q "'$name'" "$include/meson.build" || {
        echo "$name: not installed by meson.build"
        failed=1
    }
done
exit $failed
