# What can be read is written; what cannot is told with its place, and how often. Nothing is left
# beside the file, and where it cannot be written it stays as it was.
cxmine convert ../read/samples/csv-broken.csv ../read/samples/srt-broken.srt files/none -o "$work/out"
echo $?
cat "$work/out"
cxmine convert "$work" -o "$work/out" 2>&1 | sed "s|$work|WORK|"
cxmine convert files/plain.txt -o "$work/no/such/folder" 2>&1 | sed "s|$work|WORK|"
mkdir "$work/sub"
cxmine convert files/plain.txt -o "$work/sub" 2>&1 | sed "s|$work|WORK|"
ls -A "$work"
