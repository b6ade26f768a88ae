cxmine lexicon stats --no-builtin --pack packs/bench --silent files/bench.jsonl
