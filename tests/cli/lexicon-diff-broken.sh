cxmine lexicon diff packs/bench packs/absent gold/bench.jsonl; echo $?
cxmine lexicon diff packs/bench packs/bench-new files/absent.jsonl
