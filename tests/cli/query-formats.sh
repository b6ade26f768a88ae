# Results for machines; a transcript cannot put a formula into a spreadsheet.
cat >"$work/calls.jsonl" <<'END'
{"id":"=1+1","turns":[{"speaker":"@Dana","role":"agent","text":"=cmd, \"our policy\" says so","start":3},{"speaker":"-Kim","role":"customer","text":"+1, our policy\nsays"}]}
{"turns":[{"role":"agent","text":"nothing"}]}
END
cd "$work"
for format in jsonl csv text; do
    cxmine query '"our policy"' --as $format calls.jsonl
done
cxmine query '"our policy" and not "refund"' -C 1 --as jsonl calls.jsonl
cxmine query 'not "refund"' --as csv calls.jsonl
