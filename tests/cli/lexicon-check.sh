cxmine lexicon check packs/tiny
