cxmine lexicon import gold/liwc.dic
