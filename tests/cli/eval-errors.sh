cxmine eval --no-builtin --pack packs/tiny --errors gold/gold.jsonl gold/gold-turns.jsonl
