# Counts in groups, with rates and their intervals.
cat >"$work/calls.jsonl" <<'END'
{"id":"a","meta":{"queue":"=returns"},"turns":[{"speaker":"Dana","role":"agent","text":"Our policy says so. Our policy states it."},{"speaker":"Kim","role":"customer","text":"My parcel is late, so frustrating."}]}
{"id":"b","meta":{"queue":"orders"},"turns":[{"speaker":"Lee","role":"agent","text":"Your parcel is late."},{"speaker":"Kim","role":"customer","text":"Yes."},{"speaker":"Dana","role":"agent","text":"Our policy says wait."}]}
{"id":"c","turns":[{"speaker":"Kim","role":"customer","text":"Hello?"}]}
END
cd "$work"
ask() {
    cxmine query --no-builtin --pack "$OLDPWD/packs/tiny" "$@" calls.jsonl
    echo "status $?"
}
ask policy.cite --count
ask policy.cite --by agent
ask 'parcel.* or policy.*' --by role --sort rate --limit 2
ask policy.cite --by meta.queue --as csv
ask policy.cite --by file --as jsonl
ask 'not parcel.found' --by role
ask parcel.found -c
