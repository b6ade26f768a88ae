# A stream is one of JSON Lines even where its first line is broken.
printf '\n{"id": oops\n{"id":"ok","turns":[]}\r\n\r\n{"id":"end","turns":[]}' |
    cxmine score --no-builtin --pack packs/tiny --as jsonl -
