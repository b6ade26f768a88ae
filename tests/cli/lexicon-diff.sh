cxmine lexicon diff packs/bench packs/bench-new gold/bench.jsonl
