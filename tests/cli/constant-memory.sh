# A long stream takes no more memory than a short one, nor does one array of conversations, which
# takes no longer either.
[ -z "${CXMINE_UNDER-}" ] || exit 77 # what it runs under takes memory of its own
ASAN_OPTIONS=quarantine_size_mb=1:${ASAN_OPTIONS-} python3 - <<'PYTHON'
import resource
import subprocess
import time

COMMAND = ["cxmine", "score", "--no-builtin", "--pack", "packs/tiny", "--as", "jsonl", "-"]
CALL = b'{"id":"c","turns":[{"text":"' + b"my parcel is late. " + b"I wait and wait for it. " * 70 + b'"}]}'


def peak(first, between, last, calls):
    """The most memory of all runs up to here in KiB, and the seconds of this one."""
    start = time.monotonic()
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
        count = subprocess.Popen(["wc", "-l"], stdin=tool.stdout, stdout=subprocess.PIPE)
        tool.stdin.write(first + CALL)
        for _ in range((calls - 1) // 100):
            tool.stdin.write((between + CALL) * 100)
        tool.stdin.write(last)
        tool.stdin.close()
        lines = int(count.communicate()[0])
    assert tool.returncode == 0
    assert lines == 1 + (calls - 1) // 100 * 100
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, time.monotonic() - start


def tell(what, short, long):
    print(f"{what}: " + ("constant" if long - short < 4096 else f"{short} KiB, then {long} KiB"))


short, _ = peak(b"", b"\n", b"\n", 201)
long, usual = peak(b"", b"\n", b"\n", 20001)  # 36 MB
tell("lines", short, long)
array, seconds = peak(b"[", b",\n ", b"]\n", 33001)  # 60 MB
tell("an array", short, array)
print("as fast" if seconds < 5 * usual + 2 else f"an array: {seconds} s; lines: {usual} s")
PYTHON
