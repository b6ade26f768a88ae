# What is not written in UTF-8 is read as a whole, wherever its line ends seem to be.
printf 'Agent: Our policy states it.\nLee: OK.\n' | iconv -f UTF-8 -t UTF-16 >"$work/call.txt"
cxmine score --no-builtin --pack packs/tiny --as jsonl - <"$work/call.txt"
