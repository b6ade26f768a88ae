#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""accuracy.py CXMINE GOLD: the English pack does as well on the labelled utterances in the folder GOLD as its floors.json says.

A floor is of a file and a family, or "micro"; it has the least F1 and the least precision. policy is judged by policy.cite.
"""
import json
import pathlib
import subprocess
import sys


def measure(tool, path):
    out = subprocess.run([tool, 'eval', '--as', 'json', path], check=True, capture_output=True, text=True).stdout
    result = json.loads(out)['files'][0]['result']
    return {**result['families'], 'policy': result['categories']['policy.cite'], 'micro': result['micro']}


def main():
    tool, gold = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = 0
    for name, floors in json.loads((gold / 'floors.json').read_text()).items():
        measured = measure(tool, gold / name)
        for family, floor in floors.items():
            for figure, least in floor.items():
                value = measured[family][figure]['value']
                bad = value < least
                failed += bad
                print(f"{'FAILED' if bad else 'ok'}  {name} {family} {figure} {value:.3f}, at least {least}")
    sys.exit(failed > 0)


main()
