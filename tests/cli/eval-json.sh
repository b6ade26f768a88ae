cxmine eval --no-builtin --pack packs/tiny --errors --as json files/gold.jsonl files/gold-turns.jsonl
