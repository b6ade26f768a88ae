#!/bin/sh
# SPDX-License-Identifier: MIT
# The Debian packages of the project: the one list, and installing what is missing of it.
#   sh tests/packages.sh build   what building needs
#   sh tests/packages.sh test    that, and what the tests need
set -eu

build='
  g++ gcc libc6-dev make meson ninja-build pkg-config python3
  libfyaml-dev libpcre2-dev libsimdjson-dev libstemmer-dev libutf8proc-dev
  unicode-data
'
test='
  check clang clang-format libclang-rt-14-dev git libhyperscan-dev man-db valgrind
'

case "${1-}" in
build) wanted=$build ;;
test) wanted="$build $test" ;;
*)
    echo 'usage: sh tests/packages.sh build|test' >&2
    exit 64
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo 'packages.sh: this is no Debian; the packages that it would install:' $wanted >&2
    exit 0
fi

missing=
for package in $wanted; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "packages.sh: neither root nor sudo; install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "installing$missing" >&2
# A held-back mirror need not hurt: what is missing may stand in the lists as they are.
$as_root apt-get update -qq >"$log" 2>&1 </dev/null || cat "$log" >&2
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    exit 1
fi
