#!/bin/sh
# SPDX-License-Identifier: MIT
# consumer.sh ROOT BUILD: what `meson install` puts under DESTDIR is enough for a program outside
# the tree, found by pkg-config: linked to the shared library, to the static one, whichever the
# build made.
set -eu
root=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

DESTDIR=$work/dest meson install -C "$build" --no-rebuild --quiet >"$work/log" </dev/null ||
    { cat "$work/log"; exit 1; }
pc=$(find "$work/dest" -name cxmine.pc)
libdir=$(dirname "$(dirname "$pc")")
[ -f "$pc" ] || { echo 'no cxmine.pc was installed'; exit 1; }

# The tree's own paths must not be needed: the sources and the program live in the scratch folder.
cp "$root/examples/minimal.c" "$root/examples/cplusplus.cpp" "$work"
# The installed prefix lies under DESTDIR; those of the dependencies do not.
prefix=$(sed -n 's/^prefix=//p' "$pc")
flags() {
    PKG_CONFIG_PATH=${pc%/*} pkg-config --define-variable=prefix="$work/dest$prefix" "$@" cxmine
}

check() {
    "$@" >"$work/output" </dev/null
    diff -u "$root/tests/check/example-minimal.expected" "$work/output"
}

tried=0
if [ -e "$libdir/libcxmine.so" ]; then
    tried=1
    ${CC:-cc} -std=c11 -Wall -Werror -o "$work/shared" "$work/minimal.c" $(flags --cflags --libs)
    check env LD_LIBRARY_PATH="$libdir" "$work/shared"
    ${CXX:-c++} -std=c++11 -Wall -Werror -o "$work/cplusplus" "$work/cplusplus.cpp" \
        $(flags --cflags --libs)
    LD_LIBRARY_PATH=$libdir "$work/cplusplus" >"$work/output"
    diff -u "$root/tests/check/example-cplusplus.expected" "$work/output"
fi
if [ -e "$libdir/libcxmine.a" ]; then
    tried=1
    # Only our own library is taken in its static form: beside a shared one the linker would
    # prefer that.
    rm -f "$libdir"/libcxmine.so*
    ${CC:-cc} -std=c11 -Wall -Werror -o "$work/static" "$work/minimal.c" \
        $(flags --cflags) $(flags --libs --static)
    check "$work/static"
fi
[ $tried = 1 ] || { echo "no library under $libdir"; exit 1; }
[ -x "$work/dest$prefix/bin/cxmine" ] || { echo 'the tool was not installed'; exit 1; }
[ -f "$work/dest$prefix/share/man/man1/cxmine.1" ] || { echo 'no man page was installed'; exit 1; }
