cxmine score --no-builtin --pack packs/tiny --color always files/call.txt
NO_COLOR=1 cxmine score --no-builtin --pack packs/tiny --color=always files/plain.txt
NO_COLOR=1 cxmine score --no-builtin --pack packs/tiny files/plain.txt
