cxmine lexicon test --coverage packs/bench
