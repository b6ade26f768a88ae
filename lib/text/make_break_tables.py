#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes break_tables.c: the word and sentence break classes of every code point.

usage: make_break_tables.py [UNICODE_DIR] OUTPUT

UNICODE_DIR (default /usr/share/unicode) is a copy of the Unicode Character Database.
The same data gives the same bytes: nothing of the machine or the time goes into the output.
"""

import argparse
import pathlib
import re
import sys

# Must agree with break_tables.h; the generated file asserts that it does.
BLOCK_SHIFT = 7
LIMIT = 0xE0200  # Every code point from here on has class Other and no flag.
CODE_POINTS = 0x110000
PICTOGRAPHIC = 0x40
TEXT = 0x80

WORD = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Regional_Indicator", "Katakana",
    "Hebrew_Letter", "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum",
    "Numeric", "ExtendNumLet", "WSegSpace",
]  # fmt: skip
SENTENCE = [
    "Other", "CR", "LF", "Sep", "Extend", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric",
    "ATerm", "STerm", "Close", "SContinue",
]  # fmt: skip

ROW = re.compile(r"^([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?\s*;\s*(\w+)\s*(?:#.*)?$")


def ranges(path):
    """Yields (first, last, value) for each data line of a UCD property file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = ROW.match(line)
        if not match:
            sys.exit(f"{path}:{number}: not a property line: {line}")
        first = int(match[1], 16)
        yield first, int(match[2] or match[1], 16), match[3]


def file_version(path):
    """The version in a first line such as '# WordBreakProperty-15.0.0.txt'."""
    with path.open(encoding="utf-8") as lines:
        match = re.match(r"# \w+-(\d+\.\d+\.\d+)\.txt", lines.readline())
    if not match:
        sys.exit(f"{path}: no Unicode version in the first line")
    return match[1]


def classes(path, names):
    """One class number per code point; what the file does not name is Other."""
    table = bytearray(CODE_POINTS)
    for first, last, name in ranges(path):
        if name not in names:
            sys.exit(f"{path}: unknown class {name}; newer data than these rules?")
        table[first : last + 1] = bytes([names.index(name)]) * (last + 1 - first)
    return table


def members(path, wanted):
    """The set of code points that have one of the wanted values in a file."""
    found = set()
    for first, last, value in ranges(path):
        if wanted(value):
            found.update(range(first, last + 1))
    return found


def word_table(root):
    """Word_Break, with the two flags that break_tables.h describes."""
    table = classes(root / "auxiliary/WordBreakProperty.txt", WORD)
    category = root / "extracted/DerivedGeneralCategory.txt"
    marks = members(category, lambda value: value[0] == "M")
    text = members(category, lambda value: value[0] in "LN")
    # Alphabetic adds the enclosed letters (So); its vowel signs are marks and never stand alone.
    text |= members(root / "DerivedCoreProperties.txt", lambda value: value == "Alphabetic") - marks
    # Squared kana such as U+3300 are symbols to the category; the hyphen U+30A0 (Pd) and the bare
    # voicing marks (Sk) share their class and are no text.
    signs = members(category, lambda value: value in ("Pd", "Sk"))
    katakana = WORD.index("Katakana")
    text |= {cp for cp, value in enumerate(table) if value == katakana} - signs
    pictures = members(root / "emoji/emoji-data.txt", lambda v: v == "Extended_Pictographic")
    for code_point in pictures:
        table[code_point] |= PICTOGRAPHIC
    for code_point in text | pictures:
        table[code_point] |= TEXT
    return table


def checked(table, what):
    """Cuts the table at LIMIT, having made sure that nothing is lost."""
    if any(table[LIMIT:]):
        sys.exit(f"{what}: a code point from U+{LIMIT:X} on has a class; raise LIMIT")
    return table[:LIMIT]


def two_stage(table):
    """Splits a table into an index of blocks and the distinct blocks, in order of appearance."""
    size = 1 << BLOCK_SHIFT
    index, blocks = [], {}
    for start in range(0, len(table), size):
        index.append(blocks.setdefault(bytes(table[start : start + size]), len(blocks)))
    if len(blocks) > 256:
        sys.exit("more than 256 distinct blocks: change BLOCK_SHIFT here and in break_tables.h")
    return index, b"".join(blocks)


def c_array(name, length, values):
    rows = (values[i : i + 24] for i in range(0, len(values), 24))
    body = "\n".join("    " + ", ".join(str(value) for value in row) + "," for row in rows)
    return f"const uint8_t {name}[{length}] = {{\n{body}\n}};\n"


def c_tables(noun, table):
    index, blocks = two_stage(table)
    return (
        c_array(f"cxm_{noun}_break_index", "CXM_BREAK_LIMIT >> CXM_BREAK_SHIFT", index)
        + "\n"
        + c_array(f"cxm_{noun}_break_blocks", "", blocks)
    )


def c_asserts():
    """Ties the numbers written here to the enums of the header."""
    facts = [("CXM_BREAK_SHIFT", BLOCK_SHIFT), ("CXM_BREAK_LIMIT", LIMIT)]
    facts += [("CXM_WB_PICTOGRAPHIC", PICTOGRAPHIC), ("CXM_WB_TEXT", TEXT)]
    facts += [(f"CXM_WB_{name.upper()}", number) for number, name in enumerate(WORD)]
    facts += [(f"CXM_SB_{name.upper()}", number) for number, name in enumerate(SENTENCE)]
    return "".join(f'_Static_assert({name} == {value}, "{name}");\n' for name, value in facts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("unicode_dir", nargs="?", default="/usr/share/unicode", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    args = parser.parse_args()

    root = args.unicode_dir
    word_file = root / "auxiliary/WordBreakProperty.txt"
    sentence_file = root / "auxiliary/SentenceBreakProperty.txt"
    version = file_version(word_file)
    if file_version(sentence_file) != version:
        sys.exit(f"{root}: word and sentence data are of different Unicode versions")

    parts = [
        "/* SPDX-License-Identifier: MIT */\n"
        f"/* Made by make_break_tables.py from Unicode {version}. Do not edit. */\n"
        '#include "text/break_tables.h"\n',
        c_asserts(),
        c_tables("word", checked(word_table(root), word_file)),
        c_tables("sentence", checked(classes(sentence_file, SENTENCE), sentence_file)),
    ]
    args.output.write_text("\n".join(parts), encoding="ascii")


if __name__ == "__main__":
    main()
