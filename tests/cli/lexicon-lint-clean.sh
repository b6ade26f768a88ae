cxmine lexicon lint packs/covered
