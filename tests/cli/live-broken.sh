# Lines that make no sense are told with their number, and the rest goes on.
cxmine live --no-builtin --pack packs/tiny --open 2 <<'END'
{"id":"a","text":"Our policy states it","role":"agent","final":false,"stable":10}
{"id":"a","text":"Our","role":"agent"}
no line
{"id":"a"}
{"id":"a","text":7}
{"id":"a","text":"b","final":"yes"}
{"id":"a","text":"b","stable":-1}
[]
{"id":"a","text":"Our policy says so","role":"agent","end_of_conversation":"no"}
{"id":"b","text":"One"}
{"id":"a","text":"Our policy states this","role":"agent"}
{"id":"c","text":"Three"}
{"id":"b","text":"Once more"}
END
