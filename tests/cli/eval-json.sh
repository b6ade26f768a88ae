cxmine eval --no-builtin --pack packs/tiny --errors --as json gold/gold.jsonl gold/gold-turns.jsonl
