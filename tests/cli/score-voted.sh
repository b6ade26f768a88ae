cat >"$work/call.jsonl" <<'END'
{"id":"c1","turns":[{"speaker":"spk_0","text":"Thank you for calling, how can I help you today?"},{"speaker":"spk_1","text":"Hi, I'd like to know where my order is. It's late and I'm not happy."},{"speaker":"spk_0","text":"I'm so sorry about that. Could I have your order number, please?"}]}
END
cxmine score - <"$work/call.jsonl" | grep spk
cxmine score --as jsonl - <"$work/call.jsonl" | grep -o '"speakers".*"read"'
cxmine score --no-vote - <"$work/call.jsonl" | sed -n 2p
