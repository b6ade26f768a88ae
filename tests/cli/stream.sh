# The answer to a line comes before the next line is sent.
mkfifo "$work/in" "$work/out"
cxmine score --no-builtin --pack packs/tiny --as jsonl - <"$work/in" >"$work/out" &
tool=$!
exec 3>"$work/in" 4<"$work/out"
for i in 1 2 3; do
    echo "{\"id\":\"c$i\",\"turns\":[{\"text\":\"my parcel is late\"}]}" >&3
    IFS= read -r answer <&4
    echo "$i: $answer"
done
printf '{"id":"last","turns":[]}' >&3
exec 3>&-
cat <&4
wait $tool
