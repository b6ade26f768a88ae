cxmine help lexicon && cxmine help lexicon check
