# The tests that the built-in pack brings.
cxmine lexicon test | sed 's/^[1-9][0-9]* passed, /many passed, /'
