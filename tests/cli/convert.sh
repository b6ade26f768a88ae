# Any format becomes canonical JSON Lines; scoring that gives what scoring the files gives, but for
# the source, byte by byte.
set -e
files="../read/samples ../read/same"
cxmine convert $files -o "$work/all.jsonl" 2>/dev/null || test $? = 2
cxmine score --as jsonl $files 2>/dev/null | sed 's/"source":"[^"]*",//' >"$work/before"
cxmine score --as jsonl "$work/all.jsonl" | sed 's/"source":"[^"]*",//' >"$work/behind"
cmp "$work/before" "$work/behind"
grep -q . "$work/before"
ls -A "$work"
cxmine convert ../read/samples/vtt-zoom.vtt ../read/samples/plain-agents.txt
cxmine convert --role Sam=customer --role Dana=agent --format csv -o - - <<'END'
call_id;speaker;text
7;Dana;Good morning.
7;Sam;Hello.
END
