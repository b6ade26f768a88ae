# A line beyond the limit is told and passed over.
[ -z "${CXMINE_UNDER-}" ] || exit 77 # it would take minutes
python3 - <<'PYTHON' | cxmine score --no-builtin --pack packs/tiny --as jsonl -
import sys
out = sys.stdout.buffer
out.write(b'{"id":"first","turns":[]}\n{"id":"long')
for _ in range(260):
    out.write(b"x" * (1 << 20))
out.write(b'","turns":[]}\n{"id":"last","turns":[]}\n')
PYTHON
