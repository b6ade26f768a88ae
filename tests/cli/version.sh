cxmine version | grep -x 'cxmine [0-9]*\.[0-9]*\.[0-9]*' >/dev/null && cxmine --version | grep -qx "$(cxmine version)"
