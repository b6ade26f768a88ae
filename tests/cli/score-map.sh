# Columns that are not recognized are named by the user.
table() {
    printf '%s\n' 'wer;was;nr' 'Dana;Our policy says no.;1' 'Sam;"I found; your parcel.";1'
}
table | cxmine score --no-builtin --pack packs/tiny --as jsonl --map text=was --map speaker=wer --map id=3 -
table | cxmine score --no-builtin --pack packs/tiny --as jsonl --map text=what -
cxmine score --map text -
cxmine score --map nonsense=1 -
