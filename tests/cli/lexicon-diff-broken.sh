cxmine lexicon diff packs/bench packs/absent files/bench.jsonl; echo $?
cxmine lexicon diff packs/bench packs/bench-new files/absent.jsonl
