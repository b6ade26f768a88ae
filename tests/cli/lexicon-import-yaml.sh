cxmine lexicon import --family own --language de gold/quanteda.yaml
