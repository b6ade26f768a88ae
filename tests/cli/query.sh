# Matches in context, with who speaks, when and in which file; the evidence is marked.
mkdir "$work/calls"
cp files/call.txt files/chats.jsonl files/plain.txt "$work/calls"
tiny=$PWD/packs/tiny
cd "$work"
cxmine query 'customer:frustration.* then agent:parcel.found within 2 turns' -C 1 --no-builtin --pack "$tiny" calls
echo "status $?"
cxmine query parcel.late -n 2 --no-builtin --pack "$tiny" calls/call.txt
cxmine query 'not policy.cite' --no-builtin --pack "$tiny" calls/chats.jsonl
