# A reader that goes away is no news, whether the signal comes through or not.
yes '{"id":"c","turns":[{"text":"my parcel is late"}]}' | head -n 2000 >"$work/many.jsonl"
for command in score tokens; do
    cxmine $command --no-builtin --pack packs/tiny "$work/many.jsonl" | head -n 1 >/dev/null
    (
        trap '' PIPE
        cxmine $command --no-builtin --pack packs/tiny "$work/many.jsonl"
        echo "$?" >&2
    ) | head -n 1 >/dev/null
done
