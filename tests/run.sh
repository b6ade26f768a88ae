#!/bin/sh
# SPDX-License-Identifier: MIT
# Sets up, builds and runs all tests in every configuration that has to work, each in a build
# folder of its own, and ends with the sum over all of them:
#   both      gcc, the shared library and the static one; installed, and used from outside
#   static    gcc, only the static library: the tool and the examples
#   clang     clang, all tests
#   sanitize  clang with ASan and UBSan, all tests
#   valgrind  the unit tests of `both` under valgrind, and of the tool one test a command or two;
#             valgrind-all has all tests of the tool, and takes ten minutes more
# Names as arguments run only those: sh tests/run.sh clang sanitize
set -u
exec </dev/null
cd "$(dirname "$0")/.." || exit 1

sh tests/packages.sh test || exit 1

chosen=${*:-both static clang sanitize valgrind}
passed=0
failed=0
skipped=0
LC_ALL=C.UTF-8
export LC_ALL

fail() {
    echo "FAILED: $1"
    failed=$((failed + 1))
}

# build NAME OPTION...: sets up build-NAME, or brings it up to date, and compiles it.
build() {
    folder=build-$1
    shift
    [ ! -f "$folder/build.ninja" ] || set -- --reconfigure "$@"
    mkdir -p "$folder"
    meson setup "$folder" -Dwerror=true -Dtests=enabled "$@" >"$folder/build.log" 2>&1 &&
        meson compile -C "$folder" >>"$folder/build.log" 2>&1 && return 0
    tail -n 60 "$folder/build.log"
    return 1
}

count() {
    grep -c "\"result\": \"\($1\)\"" "$folder/results"
}

# tests LABEL FOLDER OPTION...: runs tests that are built, and adds up what became of them.
tests() {
    label=$1
    folder=$2
    shift 2
    logs=$folder/meson-logs/$label
    rm -f "$logs"*.json # meson adds the name of a wrapper
    $runner meson test -C "$folder" --no-rebuild --print-errorlogs --logbase "$label" "$@"
    status=$?
    if ! cat "$logs"*.json >"$folder/results" 2>/dev/null || [ ! -s "$folder/results" ]; then
        fail "$label: no tests ran"
        return
    fi
    bad=$(count 'FAIL\|TIMEOUT\|INTERRUPT\|ERROR\|UNEXPECTEDPASS')
    failed=$((failed + bad))
    passed=$((passed + $(count 'OK\|EXPECTEDFAIL')))
    skipped=$((skipped + $(count 'SKIP')))
    [ $status -eq 0 ] || [ "$bad" -gt 0 ] || fail "$label: meson test exits with $status"
}

run_both() {
    build both --buildtype=release --default-library=both || return 1
    tests both build-both
}

run_static() {
    build static --buildtype=release --default-library=static || return 1
    tests static build-static --suite cli --suite examples
}

run_clang() {
    CC=clang CXX=clang++ build clang --buildtype=debugoptimized || return 1
    tests clang build-clang
}

run_sanitize() {
    hard='-fno-sanitize-recover=all -fno-omit-frame-pointer'
    CC=clang CXX=clang++ build sanitize --buildtype=debugoptimized -Db_lundef=false \
        -Db_sanitize=address,undefined -Dc_args="$hard" -Dcpp_args="$hard" || return 1
    # Sanitizers of that age stumble over kernels that spread addresses wider: spread nothing.
    if setarch "$(uname -m)" -R true 2>/dev/null; then
        runner="setarch $(uname -m) -R"
    fi
    UBSAN_OPTIONS=print_stacktrace=1 CK_TIMEOUT_MULTIPLIER=5 \
        tests sanitize build-sanitize --timeout-multiplier 5
    runner=
}

run_valgrind() {
    run_under_valgrind once
}

run_valgrind_all() {
    run_under_valgrind cli
}

# run_under_valgrind SUITE: the unit tests, and those tests of the tool.
run_under_valgrind() {
    build both --buildtype=release --default-library=both || return 1
    valgrind="valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite"
    valgrind="$valgrind --errors-for-leak-kinds=definite"
    valgrind="$valgrind --suppressions=$(pwd)/tests/check/valgrind.supp"
    # In one process each: valgrind looks for leaks at the end of every one.
    CK_FORK=no CXM_TEST_UNDER_VALGRIND=1 CK_TIMEOUT_MULTIPLIER=30 \
        tests valgrind build-both --suite unit --timeout-multiplier 30 --wrapper "$valgrind"
    CXMINE_UNDER=$valgrind tests tool build-both --suite "$1" --timeout-multiplier 30
}

runner=
for name in $chosen; do
    echo "== $name"
    case $name in
    both | static | clang | sanitize | valgrind) "run_$name" || fail "$name does not build" ;;
    valgrind-all) run_valgrind_all || fail "$name does not build" ;;
    *) fail "there is no configuration $name" ;;
    esac
done

summary="$passed passed, $failed failed"
[ $skipped -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ $failed -eq 0 ]
