# What the name of a file says of the call in it, as Amazon's sample application has it.
name='Auto1_CUST_12345_GUID_001_AGENT_AndrewK_DT_2021-12-01T07-55-51.txt'
echo 'Agent: Our policy says no.' >"$work/$name"
cd "$work"
pattern='CUST_(?<customer>\d+)_GUID_(?<id>\w+?)_AGENT_(?<agent>[A-Za-z]+)_DT_(?<date>\d{4}-\d\d-\d\d)'
cxmine convert --name-pattern "$pattern" "$name"
cxmine convert --name-pattern 'no such (?<agent>name)' "$name"
cxmine convert --name-pattern '(?<agent>' "$name"
