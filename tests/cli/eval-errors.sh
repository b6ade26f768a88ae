cxmine eval --no-builtin --pack packs/tiny --errors files/gold.jsonl files/gold-turns.jsonl
