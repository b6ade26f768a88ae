cxmine lexicon diff packs/bench packs/bench gold/bench.jsonl
