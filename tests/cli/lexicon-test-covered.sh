cxmine lexicon test --coverage packs/covered
