printf 'Agent: \0hello\n' | cxmine score --no-builtin --pack packs/tiny --as jsonl --format plain -
echo "$?" >&2
echo 'Agent: hello' | cxmine score --no-builtin --pack packs/tiny --as jsonl --format jsonl -
