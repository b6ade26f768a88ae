# A phrase in quotation marks needs no lexicon, and is folded as in one.
printf 'Agent: I’m sorry, our policy says no.\n\nAgent: Im sorry!\n' >"$work/call.txt"
cd "$work"
cxmine query '"i am sorry"' .
cxmine query '"our policy (states|says)"' call.txt
cxmine query '"nobody says this"' call.txt
echo "status $?"
