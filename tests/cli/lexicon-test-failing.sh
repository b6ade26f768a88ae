cxmine lexicon test packs/failing
