cxmine eval --no-builtin --pack packs/bench --errors --why gold/gold-why.jsonl
