cxmine lexicon list | cut -d ' ' -f 1
