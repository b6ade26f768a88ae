cxmine tokens --no-builtin --pack packs/tiny files/none.txt
