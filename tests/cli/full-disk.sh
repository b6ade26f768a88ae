[ -w /dev/full ] || exit 77
for command in version 'help --man' 'score --no-builtin --pack packs/tiny files/call.txt' \
    'tokens --no-builtin --pack packs/tiny files/call.txt'; do
    cxmine $command >/dev/full
    echo "$?" >&2
done
