cxmine lexicon stats --no-builtin --pack packs/bench --as json gold/bench.jsonl files/absent.txt
