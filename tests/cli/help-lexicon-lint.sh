cxmine help lexicon lint
