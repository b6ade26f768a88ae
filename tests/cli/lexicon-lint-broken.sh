cxmine lexicon lint packs/broken
cxmine lexicon lint packs/covered files/absent.txt files/broken.jsonl
