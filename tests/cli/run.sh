#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh CXMINE CASE...: runs CASE.sh in this folder and compares what it prints on stdout and
# stderr with CASE.stdout and CASE.stderr (no file: nothing), and its exit status with CASE.status
# (no file: 0). UPDATE=1 writes those files. In a case `cxmine` is the tool and $work an empty
# folder; CXMINE_UNDER, if set, is a command to run the tool under.
set -u
cxmine=$(realpath "$1")
shift
cd "$(dirname "$0")" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${CXMINE_UNDER-}" "$cxmine" >"$scratch/bin/cxmine"
chmod +x "$scratch/bin/cxmine"
PATH=$scratch/bin:$PATH
LC_ALL=C.UTF-8
TERM=dumb
export PATH LC_ALL TERM
unset NO_COLOR

# Keeps a file only where it would say something.
update() {
    if [ -s "$scratch/$1" ] && [ "$(cat "$scratch/$1")" != "$3" ]; then
        cp "$scratch/$1" "$2"
    else
        rm -f "$2"
    fi
}

compare() {
    expected=$2
    [ -f "$expected" ] || { printf '%s' "$3" >"$scratch/none"; expected=$scratch/none; }
    diff -u "$expected" "$scratch/$1" || failed=1
}

failed=0
for case in "$@"; do
    work=$scratch/work
    rm -rf "$work"
    mkdir "$work"
    export work
    sh "./$case.sh" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
    echo $? >"$scratch/status"
    [ "$(cat "$scratch/status")" != 77 ] || exit 77
    for part in stdout stderr status; do
        none=
        [ $part != status ] || none='0
'
        if [ "${UPDATE-}" = 1 ]; then
            update $part "$case.$part" "${none%?}"
        else
            compare $part "$case.$part" "$none"
        fi
    done
done
exit $failed
