cxmine lexicon import files/liwc.dic
