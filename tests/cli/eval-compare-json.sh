cxmine eval --no-builtin --pack packs/tiny --compare packs/other --as json files/gold.jsonl
