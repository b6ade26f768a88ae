cxmine lexicon why "Your policy says so" policy.cite --no-builtin --pack packs/bench
cxmine lexicon why "our policy says" policy.cite --role customer --no-builtin --pack packs/bench
cxmine lexicon why "xyz" mood.bad --no-builtin --pack packs/bench
cxmine lexicon why "xyz" mood.none --no-builtin --pack packs/bench
