cxmine score --no-builtin --pack packs/tiny - <&-
echo "$?" >&2
cxmine score --no-builtin --pack packs/tiny files/call.txt >&-
echo "$?" >&2
