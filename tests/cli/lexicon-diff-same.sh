cxmine lexicon diff packs/bench packs/bench files/bench.jsonl
