cxmine lexicon check packs/none
