cxmine eval --no-builtin --pack packs/tiny gold/gold.jsonl gold/gold-turns.jsonl
