cxmine help eval
