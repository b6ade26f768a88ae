cxmine eval --no-builtin --pack packs/tiny /dev/null
cxmine eval --no-builtin --pack packs/absent gold/gold.jsonl
