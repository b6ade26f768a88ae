cxmine eval --no-builtin --pack packs/tiny --compare packs/other gold/gold.jsonl
