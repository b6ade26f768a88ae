cxmine lexicon stats --no-builtin --pack packs/bench --as json files/bench.jsonl files/absent.txt
