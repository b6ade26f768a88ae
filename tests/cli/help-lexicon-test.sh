cxmine help lexicon test
