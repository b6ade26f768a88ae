# A text whose damage is mended, and one that is taken as it is written.
cxmine lexicon why "Your parcel&nbsp;is late" --no-builtin --pack packs/tiny parcel.late
cxmine lexicon why "Your parcel&nbsp;is late" --no-builtin --pack packs/tiny parcel.late --no-repair
