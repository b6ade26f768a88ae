# A transcript with what was found in brackets, the findings, and the scores.
cat >"$work/pack.yaml" <<'END'
cxmine: 1
language: en
behaviors:
  policy.bare:
    title: Policy without a find
    weight: -1
    expression: agent:policy.cite without parcel.found within 1 turn
  parcel.again:
    title: Late, and said to be
    expression: '"my parcels are" then parcel.late within 2 turns'
scorecards:
  parcel:
    title: Parcels
    criteria:
      found: {points: 10, given: customer:parcel.late, expect: then agent:parcel.found within 2 turns}
      calm: {title: Calm, points: 5, avoid: customer:frustration.*}
      never: {points: 5, given: '"never said"', expect: parcel.found}
END
cxmine show --no-builtin --pack packs/tiny --pack "$work/pack.yaml" files/call.txt
cxmine show --why-not 'policy.bare and parcel.again' --no-builtin --pack packs/tiny --pack "$work/pack.yaml" files/plain.txt
cxmine show --why-not '"sorry"' --no-builtin --pack packs/tiny files/call.txt | tail -1
cxmine show --why-not policy.bare --no-builtin --pack packs/tiny --pack "$work/pack.yaml" files/plain.txt | tail -3
