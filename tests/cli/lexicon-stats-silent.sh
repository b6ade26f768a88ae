cxmine lexicon stats --no-builtin --pack packs/bench --silent gold/bench.jsonl
