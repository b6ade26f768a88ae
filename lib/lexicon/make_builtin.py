#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the packs under lexicons/ into one C file, for builtin.h.

usage: make_builtin.py OUTPUT DEPFILE LEXICONS NAME...

NAME is a folder of LEXICONS. Its *.yaml files and its words.txt, where there is one, become
arrays of bytes: no compiler limits their length, unlike that of string literals. DEPFILE tells the
build of every file and folder that was looked at; "-" for none.
"""
import sys
from pathlib import Path

HEAD = """\
/* Made by make_builtin.py from the packs under lexicons/. Do not edit. */
#include "lexicon/builtin.h"
"""


def files_of(folder):
    """The files of a pack, in the byte order of their names, as directory.c sees them."""
    found = [path for path in folder.iterdir()
             if not path.name.startswith(".")
             and (path.suffix == ".yaml" or path.name == "words.txt")]
    if not any(path.suffix == ".yaml" for path in found):
        sys.exit(f"make_builtin.py: {folder}: no .yaml file")
    return sorted(found, key=lambda path: path.name.encode())


def array_of(name, data):
    """A C array of bytes. An empty one is no C, so there is always a zero at the end."""
    lines = [f"static const unsigned char {name}[] = {{"]
    for start in range(0, len(data), 32):
        lines.append(",".join(map(str, data[start:start + 32])) + ",")
    lines.append("0};")
    return "\n".join(lines)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main(output, depfile, lexicons, *names):
    parts = [HEAD]
    packs = []
    looked_at = []
    for number, name in enumerate(names):
        folder = Path(lexicons) / name
        looked_at.append(folder)
        entries = []
        for index, path in enumerate(files_of(folder)):
            array = f"file_{number}_{index}"
            data = path.read_bytes()
            parts.append(array_of(array, data))
            entries.append(f"    {{{quoted(path.name)}, {array}, {len(data)}}},")
            looked_at.append(path)
        rows = "\n".join(entries)
        parts.append(f"static const cxm_builtin_file files_{number}[] = {{\n{rows}\n}};")
        packs.append(f"    {{{quoted(name)}, files_{number}, {len(entries)}}},")
    rows = "\n".join(packs + ["    {NULL, NULL, 0},"])
    parts.append(f"const cxm_builtin_pack cxm_builtin_packs[] = {{\n{rows}\n}};\n")
    Path(output).write_text("\n\n".join(parts), encoding="ascii")
    if depfile != "-":
        dependencies = " ".join(str(path).replace(" ", "\\ ") for path in looked_at)
        Path(depfile).write_text(f"{output}: {dependencies}\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
