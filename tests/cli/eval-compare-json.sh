cxmine eval --no-builtin --pack packs/tiny --compare packs/other --as json gold/gold.jsonl
