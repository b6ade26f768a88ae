#!/bin/sh
# SPDX-License-Identifier: MIT
# help.sh CXMINE: help goes to stdout, in under 80 columns; a bad command line to stderr, with 64.
set -u
cxmine=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "cxmine $1"
    failed=1
}

helps() {
    "$cxmine" "$@" >"$work/out" 2>"$work/err" </dev/null || fail "$*: exits with $?"
    [ -s "$work/out" ] || fail "$*: prints nothing"
    [ ! -s "$work/err" ] || fail "$*: prints on stderr"
    LC_ALL=C awk 'length($0) > 79 { print FILENAME ":" FNR ": " $0; long = 1 } END { exit long }' \
        "$work/out" || fail "$*: is wider than 79 columns"
    ! grep -q ' $' "$work/out" || fail "$*: has blanks at a line's end"
}

complains() {
    "$cxmine" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ $status -eq 64 ] || fail "$*: exits with $status, not 64"
    [ ! -s "$work/out" ] || fail "$*: prints on stdout"
    [ -s "$work/err" ] || fail "$*: does not say why"
}

# The commands as the tool lists them: from "Commands:" to the next blank line.
"$cxmine" help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z ]*[a-z]\)   *[A-Z].*/\1/p' >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 18 ] || fail "help: lists few commands"
while read -r command; do
    helps $command --help
    helps $command -h
    helps help $command
    complains $command --no-such-option
    complains $command -x
done <"$work/commands"
helps --help
helps help
helps lexicon --help
helps help lexicon
complains
complains nonsense
complains lexicon
complains lexicon nonsense
complains help nonsense
complains score
complains query
complains query policy.cite
complains show
complains eval
complains lexicon check
complains lexicon why
complains lexicon diff one two
exit $failed
