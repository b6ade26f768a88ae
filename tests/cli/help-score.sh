cxmine score --help
