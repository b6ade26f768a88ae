cxmine lexicon test packs/broken
