cxmine lexicon diff --brief packs/bench packs/bench-new files/bench.jsonl
