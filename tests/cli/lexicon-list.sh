cxmine lexicon list packs/tiny && cxmine lexicon list --phrases packs/tiny
