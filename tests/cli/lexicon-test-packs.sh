# Nothing in the other packs of the tree is left untested, either.
for pack in de es; do
    cxmine lexicon test --coverage ../../lexicons/$pack |
        sed -e 's/^[1-9][0-9]* passed, /many passed, /' -e 's/ of [1-9][0-9]* / of many /g'
done
