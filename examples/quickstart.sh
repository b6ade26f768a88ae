#!/bin/sh
# SPDX-License-Identifier: MIT
# From a clean clone to a report: sets up, builds into build/, mines the example transcripts.
set -eu
exec </dev/null
cd "$(dirname "$0")/.."

sh tests/packages.sh build
[ -f build/build.ninja ] || meson setup build --buildtype=release >&2
meson compile -C build >&2
exec build/cli/cxmine score --role 'Rosa Delgado=agent' examples/transcripts/*
