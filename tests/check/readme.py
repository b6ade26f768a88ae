#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""readme.py CXMINE SOURCE: what README.md shows of the tool in SOURCE is what the tool prints.

Blocks with lines of "$ cat FILE" and "$ cxmine ..." are run, one after the other. "  ..." stands for lines left out; numbers of
lines of lexicons, which move with every edit, are not compared.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile


def commands(readme):
    """All (command, lines it shows)."""
    for block in re.findall(r'^```\n(\$ .*?)^```$', readme, re.M | re.S):
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            command, *shown = part.rstrip('\n').split('\n')
            yield command, shown


def comparable(line):
    return re.sub(r'\.yaml:\d+ .*', '.yaml', line.rstrip())


def is_shown(shown, printed):
    """Whether the lines shown are those printed, but for what is left out."""
    pattern = ''
    for line in shown:
        pattern += r'(.*\n)*?' if line == '  ...' else re.escape(comparable(line)) + '\n'
    return re.fullmatch(pattern, ''.join(comparable(line) + '\n' for line in printed)) is not None


def main():
    tool, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    failed = ran = 0
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(source / 'examples', os.path.join(folder, 'examples'))
        for command, shown in commands((source / 'README.md').read_text(encoding='utf-8')):
            words = shlex.split(command)
            if words[0] == 'cat':
                pathlib.Path(folder, words[1]).write_text('\n'.join(shown) + '\n', encoding='utf-8')
                continue
            printed = subprocess.run([tool, *words[1:]], cwd=folder, capture_output=True, encoding='utf-8').stdout
            ran += 1
            if not is_shown(shown, printed.rstrip('\n').split('\n')):
                failed += 1
                print(f'README.md shows something else for: {command}\n{printed}')
    print(f'{ran} commands, {failed} shown wrongly')
    sys.exit(failed > 0 or ran == 0)


main()
