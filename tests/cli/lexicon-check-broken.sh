cxmine lexicon check packs/broken
