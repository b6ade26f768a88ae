# The packs of the tree have nothing that is most likely wrong.
for pack in en de es; do
    cxmine lexicon lint ../../lexicons/$pack
done
