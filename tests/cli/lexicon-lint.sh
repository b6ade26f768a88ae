cxmine lexicon lint packs/bench
