cxmine --help
