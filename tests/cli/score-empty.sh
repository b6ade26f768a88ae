cxmine score --no-builtin --pack packs/tiny - </dev/null
printf '\n\n  \n' | cxmine score --no-builtin --pack packs/tiny --as jsonl -
