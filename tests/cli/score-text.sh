cxmine score --no-builtin --pack packs/tiny files/call.txt
