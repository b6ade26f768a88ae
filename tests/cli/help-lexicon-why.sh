cxmine help lexicon why
