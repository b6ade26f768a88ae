cxmine eval --no-builtin --pack packs/bench --errors --why files/gold-why.jsonl
