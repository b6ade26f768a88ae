echo 'Agent: so frustratng' >"$work/slip"
cxmine score --no-builtin --pack packs/tiny --role Agent=customer --as jsonl "$work/slip" | grep -o '"typing_slip":.*'
cxmine score --no-builtin --pack packs/tiny --role Agent=customer --no-slips --as jsonl "$work/slip" | grep -o '"hits":.*'
