cxmine score --no-builtin --pack packs/tiny --as jsonl files/chats.jsonl files/call.txt
