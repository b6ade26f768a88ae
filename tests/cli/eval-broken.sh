cxmine eval --no-builtin --pack packs/tiny gold/gold-broken.jsonl files/absent.jsonl
