# Colours by family, with a line that says what they are; control characters do nothing.
cxmine show --color always --no-builtin --pack packs/tiny files/call.txt files/hostile.txt |
    sed 's/\x1b/ESC/g'
