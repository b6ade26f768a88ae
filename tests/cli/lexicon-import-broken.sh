echo "a: &x [b]" | cxmine lexicon import -
echo "%" | cxmine lexicon import -
cxmine lexicon import --family Bad gold/liwc.dic
cxmine lexicon import gold/absent.dic
