cxmine lexicon why "I am not happy. It is not that bad: not my rule" --no-builtin --pack packs/bench --most 1
