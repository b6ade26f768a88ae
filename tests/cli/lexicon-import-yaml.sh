cxmine lexicon import --family own --language de files/quanteda.yaml
