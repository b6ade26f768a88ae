cxmine lexicon why "Our policy states so, and our policy now says it" --no-builtin --pack packs/bench
