# The built-in pack is there, and a pack adds to it.
echo 'Agent: I am really sorry that happened. Your parcel is late.' |
    cxmine score --as jsonl --pack packs/tiny - | grep -o '"category":"[^"]*"'
