cxmine tokens --no-builtin --pack packs/tiny files/broken.jsonl
