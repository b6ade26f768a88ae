cxmine eval --no-builtin --pack packs/tiny --compare packs/other files/gold.jsonl
