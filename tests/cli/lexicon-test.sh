cxmine lexicon test packs/tiny
