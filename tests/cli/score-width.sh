cxmine score --no-builtin --pack packs/tiny --width 50 files/call.txt
