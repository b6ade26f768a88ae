cxmine eval --no-builtin --pack packs/tiny files/gold.jsonl files/gold-turns.jsonl
