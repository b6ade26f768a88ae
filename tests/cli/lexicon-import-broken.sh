echo "a: &x [b]" | cxmine lexicon import -
echo "%" | cxmine lexicon import -
cxmine lexicon import --family Bad files/liwc.dic
cxmine lexicon import files/absent.dic
