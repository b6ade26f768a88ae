cxmine help lexicon import
