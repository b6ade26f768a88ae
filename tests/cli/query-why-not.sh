# Where nothing was found: which part failed, where, and how near it came.
ask() {
    cxmine query --why-not --no-builtin --pack packs/tiny "$@" files/call.txt
    echo "status $?"
}
ask 'customer:frustration.* then agent:parcel.found within 1 turn'
ask 'agent:policy.cite without parcel.late'
ask 'at least 3 policy.cite'
ask 'policy.cite and "refund"'
ask 'policy.cite in first 5 seconds' --as jsonl
