cxmine eval --no-builtin --pack packs/tiny --judge policy.cite --judge 'parcel.*' - <files/gold.jsonl
cxmine eval --no-builtin --pack packs/tiny --judge polycy.cite files/gold.jsonl
