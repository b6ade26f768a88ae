#!/bin/sh
# SPDX-License-Identifier: MIT
# man.sh CXMINE PAGE: the checked-in man page is what the option tables say, and troff likes it.
# UPDATE=1 writes the page.
set -eu
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
"$1" help --man >"$actual" </dev/null
if [ "${UPDATE-}" = 1 ]; then
    cp "$actual" "$2"
fi
diff -u "$2" "$actual"
if command -v man >/dev/null && man --version >/dev/null 2>&1; then
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$2" \
        2>&1 >/dev/null </dev/null)
    if [ -n "$warnings" ]; then
        echo "$warnings"
        exit 1
    fi
fi
