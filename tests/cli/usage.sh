# Every way to get a command line wrong: a message on stderr, nothing on stdout, 64.
try() {
    cxmine "$@"
    echo "$?" >&2
}
try
try nonsense
try ''
try lexicon
try lexicon nonsense
try score
try score --nonsense call.txt
try score --nonsense=1 call.txt
try score -x call.txt
try score --as
try score --as xml call.txt
try score --as= call.txt
try score --as tex call.txt
try score --no-slips=1 call.txt
try score --width wide call.txt
try score --width 99999999999999999999 call.txt
try score --role Dana call.txt
try score --role =agent call.txt
try score --role Dana=boss call.txt
try score --no-builtin call.txt
try lexicon check
try lexicon check one two
try tokens one two
try help no such thing
try score "$(printf -- '--\033[31m\377')"
