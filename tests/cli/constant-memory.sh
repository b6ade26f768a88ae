# A long stream takes no more memory than a short one.
[ -z "${CXMINE_UNDER-}" ] || exit 77 # what it runs under takes memory of its own
ASAN_OPTIONS=quarantine_size_mb=1:${ASAN_OPTIONS-} python3 - <<'PYTHON'
import resource
import subprocess

COMMAND = ["cxmine", "score", "--no-builtin", "--pack", "packs/tiny", "--as", "jsonl", "-"]
LINE = b'{"id":"c","turns":[{"text":"' + b"my parcel is late. " + b"I wait and wait for it. " * 70 + b'"}]}\n'


def peak(lines):
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as tool:
        for _ in range(lines // 100):
            tool.stdin.write(LINE * 100)
        tool.stdin.close()
    assert tool.returncode == 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


short = peak(200)
long = peak(20000)  # 36 MB
print("constant" if long - short < 4096 else f"{short} KiB, then {long} KiB")
PYTHON
