cxmine eval --no-builtin --pack packs/tiny --judge policy.cite --judge 'parcel.*' - <gold/gold.jsonl
cxmine eval --no-builtin --pack packs/tiny --judge polycy.cite gold/gold.jsonl
