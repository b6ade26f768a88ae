cxmine help lexicon stats
