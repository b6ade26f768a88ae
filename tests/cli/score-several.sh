# What can be done is done; what cannot is told.
cxmine score --no-builtin --pack packs/tiny --as jsonl files/none.txt files/broken.jsonl '' files/plain.txt
