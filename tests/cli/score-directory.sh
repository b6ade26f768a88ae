# Files in the order of their names, directories in their place; hidden ones, pipes and links to
# directories are passed over, links to files are not.
cd "$work"
mkdir -p calls/b/deep calls/.hidden calls/empty
for name in calls/c.txt calls/a.txt calls/b/deep/x.txt calls/b/a.txt calls/.hidden/x.txt calls/.x.txt; do
    echo "Agent: This is $name." >"$name"
done
ln -s .. calls/b/loop
ln -s ../a.txt calls/b/link.txt
ln -s nowhere calls/dangling.txt
mkfifo calls/pipe
cxmine score --no-builtin --pack "$OLDPWD/packs/tiny" --as jsonl calls/ - calls/c.txt </dev/null
