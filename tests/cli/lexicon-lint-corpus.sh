cxmine lexicon lint packs/bench gold/bench.jsonl
