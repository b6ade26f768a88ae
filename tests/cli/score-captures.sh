echo 'Agent: It is two days late.' >"$work/late.txt"
packs=$PWD/packs
cd "$work" || exit
cxmine score --no-builtin --pack "$packs/tiny" --as jsonl late.txt
cxmine score --no-builtin --pack "$packs/tiny" late.txt
