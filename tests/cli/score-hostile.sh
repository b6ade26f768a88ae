# Nothing of a transcript, a file's name or an argument reaches the terminal as a control character.
cp files/hostile.txt "$work/$(printf 'a\033[31m\377b')"
cd "$work"
cxmine score --no-builtin --pack "$OLDPWD/packs/tiny" a* >out
cxmine score --no-builtin --pack "$OLDPWD/packs/tiny" "$(printf 'no\033[31m\377')" 2>>out
cxmine score --no-builtin --pack "$OLDPWD/packs/tiny" --as jsonl a* >json
LC_ALL=C tr -d '\n' <out | LC_ALL=C grep -q '[[:cntrl:]]' && echo 'a control character in the text'
LC_ALL=C grep -q "$(printf '\302\233')" out && echo 'a C1 control character in the text'
LC_ALL=C grep -q "$(printf '\342\200\256')" out && echo 'a turn of direction in the text'
LC_ALL=C tr -d '\n' <json | LC_ALL=C grep -q '[[:cntrl:]]' && echo 'a control character in the JSON'
python3 -c 'import json,sys; json.loads(open("json", encoding="utf-8").read())' && cat out
