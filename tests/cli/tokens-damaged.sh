cxmine tokens --changes files/damaged.txt
cxmine tokens --changes --no-repair --no-slips files/damaged.txt
