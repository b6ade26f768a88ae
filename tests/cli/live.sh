# Turns that are revised, of two conversations in turn; the answer is what score finds in the whole.
cat >"$work/lines" <<'END'
{"id":"a","speaker":"Agent","text":"Our pol","start":0.5,"final":false}
{"id":"a","speaker":"Agent","text":"Our policy states that. And","start":0.5,"final":false,"stable":23}
{"id":"b","speaker":"Caller","text":"Where is my parcel?","start":0,"end":2}

{"id":"a","speaker":"Agent","text":"Our policy states that. And now you","final":false,"stable":28,"end":4}
{"id":"a","speaker":"Caller","text":"It was our policy states that long","marks":[[0,5],[7,5.5]],"end":7}
{"id":"b","speaker":"Agent","text":"My parcel. Your parcel is late.","end_of_conversation":true}
{"id":"a","end_of_conversation":true}
{"id":"c","role":"agent","text":"A parcel"}
END
cxmine live --no-builtin --pack packs/tiny <"$work/lines"
