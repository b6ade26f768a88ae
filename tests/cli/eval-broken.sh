cxmine eval --no-builtin --pack packs/tiny files/gold-broken.jsonl files/absent.jsonl
