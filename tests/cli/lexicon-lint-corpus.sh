cxmine lexicon lint packs/bench files/bench.jsonl
