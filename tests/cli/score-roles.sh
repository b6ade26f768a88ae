printf 'Dana: Our policy states it.\nLee=X: So frustrating.\n' |
    cxmine score --no-builtin --pack packs/tiny --as jsonl --role dana=customer --role Lee=X=AGENT -
printf 'Dana: Our policy states it.\nLee: So frustrating.\n' |
    cxmine score --no-builtin --pack packs/tiny --as jsonl --role Dana=agent --role Lee=customer -
