# What is wrong with an expression is told on a screen, with 2; a command line that is none, with 64.
ask() {
    cxmine query --no-builtin --pack packs/tiny "$@" files/call.txt
    echo "status $?"
}
ask 'policy.cite witout parcel.late'
ask 'policy.site'
ask 'parsel.*'
ask 'policy.cite and "our policy'
ask 'policy.cite then parcel.late within -2 turns'
ask 'policy.cite within 2'
ask ''
ask "$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "("; printf "policy.cite" }')"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "policy.cite or "; print "x" }' >"$work/long"
[ "$(wc -c <"$work/long")" -gt 1000000 ]
head -c 120000 "$work/long" >"$work/expression"
ask "$(cat "$work/expression")"
ask policy.cite --by queue
ask policy.cite --sort name
ask policy.cite --why-not --count
ask policy.cite --why-not --as csv
cxmine query policy.cite
echo "status $?"
cxmine query policy.cite no-such-file
echo "status $?"
