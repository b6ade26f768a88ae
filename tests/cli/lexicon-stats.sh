cxmine lexicon stats --no-builtin --pack packs/bench --examples 2 gold/bench.jsonl
