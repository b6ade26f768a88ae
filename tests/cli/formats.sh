# What is read, and what files are taken for and why.
cxmine formats | sed -n '/^vtt/,/^plain/p'
cxmine formats ../read/samples/vtt-zoom.vtt ../read/samples/csv-calls.csv files/chats.jsonl files/plain.txt
cxmine formats --format srt ../read/samples/vtt-zoom.vtt
