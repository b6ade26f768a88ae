printf "Agent: I, I, uh, can't do [laughs] pol- policy. He said so?\nCustomer: Fine" | cxmine tokens --no-builtin --pack packs/tiny -
