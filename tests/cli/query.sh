# Matches in context, with who speaks, when and in which file; the evidence is marked.
cxmine query 'customer:frustration.* then agent:parcel.found within 2 turns' -C 1 --no-builtin --pack packs/tiny files
echo "status $?"
cxmine query 'parcel.late' -n 2 --no-builtin --pack packs/tiny files/call.txt
cxmine query 'not policy.cite' --no-builtin --pack packs/tiny files/chats.jsonl
