cxmine lexicon diff --as json packs/bench packs/bench-new gold/bench.jsonl
cxmine lexicon diff --as json --brief packs/bench packs/bench-new gold/bench.jsonl
