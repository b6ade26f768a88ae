cxmine lexicon diff --brief packs/bench packs/bench-new gold/bench.jsonl
