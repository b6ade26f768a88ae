cxmine help lexicon diff
