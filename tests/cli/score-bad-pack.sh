cxmine score --no-builtin --pack packs/broken --pack packs/none files/call.txt
