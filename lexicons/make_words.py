#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the word list of a language: lexicons/<language>/words.txt.

usage: make_words.py OUTPUT DICTIONARY... -- DIALOGUES...

DICTIONARY is a list of words, one a line; for English those of Debian's packages wamerican and
wbritish (SCOWL, by Kevin Atkinson and others, free for any use with its notice). DIALOGUES are
canonical JSON Lines files, of which only the counts of words are used.

A line of the list is a word of small letters, a tab, and a digit: how often the word comes in a
million words of conversation, as 1 + log10 of that, from 0 (never seen) to 9. Lines are sorted by
bytes, since the library searches the list where it stands.

Words of the dialogues that no dictionary has (brands, slang) are kept where they are frequent and
look like no misspelling of a frequent word: a word in the list is never taken for a typing slip.
"""
import collections
import json
import math
import re
import sys

WORD = re.compile(r"[a-z]+")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FREQUENT = 30  # times that a word of no dictionary must have been seen
OUTNUMBERED = 8  # times as frequent a neighbour makes a word a misspelling


def dictionary_words(paths):
    words = set()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            words.update(word for word in map(str.strip, lines) if WORD.fullmatch(word))
    return words


def count_words(paths):
    counts = collections.Counter()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                for turn in json.loads(line)["turns"]:
                    # A word with an apostrophe is a contraction, language.yaml knows those.
                    text = re.sub(r"\w+['’]\w+", " ", turn["text"].lower())
                    counts.update(WORD.findall(text))
    return counts


def neighbours(word):
    """All strings one edit away."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def is_misspelling(word, counts, words):
    return any(near in words and counts[near] >= OUTNUMBERED * counts[word]
               for near in neighbours(word) if near != word)


def main(output, *arguments):
    split = arguments.index("--")
    words = dictionary_words(arguments[:split])
    counts = count_words(arguments[split + 1:])
    total = sum(counts.values())
    extra = {word for word, count in counts.items()
             if word not in words and count >= FREQUENT and len(word) > 2
             and not is_misspelling(word, counts, words)}
    with open(output, "w", encoding="utf-8") as out:
        for word in sorted(words | extra):
            per_million = counts[word] * 1e6 / total
            level = 0
            if per_million:
                level = min(9, max(1, 1 + round(math.log10(per_million))))
            out.write(f"{word}\t{level}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
