cxmine lexicon diff packs/bench packs/bench-new files/bench.jsonl
