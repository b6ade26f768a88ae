#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layers.py ROOT: includes run along the layers only, and third parties have one door each."""
import re
import sys
from pathlib import Path

# What a folder of lib/ may include beside itself (design.md, section 3).
BELOW = {
    "base": set(),
    "text": {"base"},
    "transcript": {"base", "text"},
    "lexicon": {"base", "text"},
    "match": {"base", "text", "transcript", "lexicon"},
    "behavior": {"base", "text", "transcript", "lexicon", "match"},
    "score": {"base", "text", "transcript", "lexicon", "match", "behavior"},
    "live": {"base", "text", "transcript", "lexicon", "match", "behavior", "score"},
    "read": {"base", "text", "transcript"},
    "write": {"base", "text", "transcript"},
    "batch": set(),
}
# Third-party headers, and how many files may include each.
DOORS = {
    "pcre2.h": 1,
    "libstemmer.h": 1,
    "libfyaml.h": 1,
    "simdjson.h": 1,
    "utf8proc.h": 2,
    "archive.h": 1,
    "sqlite3.h": 1,
}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def sources(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in {".c", ".h", ".cpp"})


def check_library(lib):
    for path in sources(lib):
        layer = path.relative_to(lib).parts[0]
        if layer not in BELOW:
            yield f"{path}: lib/{layer} has no place among the layers of tests/check/layers.py"
            continue
        for kind, name in includes(path):
            target = name.split("/")[0] if "/" in name else layer
            if kind == '"' and target != layer and target not in BELOW[layer]:
                yield f"{path}: {layer} must not include {name}"


def check_outside(folder):
    """cli/ and examples/ see public headers and what stands beside them."""
    for path in sources(folder):
        for kind, name in includes(path):
            if kind == '"' and not (path.parent / name).exists():
                yield f"{path}: must not include {name}"
            if name.split("/")[0].removesuffix(".h") in DOORS_STEMS:
                yield f"{path}: must not include {name}"


def check_doors(lib):
    for header, most in DOORS.items():
        users = [str(path) for path in sources(lib) if header in {n for _, n in includes(path)}]
        if len(users) > most:
            yield f"<{header}> is included by {', '.join(users)}: at most {most} may"


DOORS_STEMS = {header.removesuffix(".h") for header in DOORS}


def main():
    root = Path(sys.argv[1])
    faults = [*check_library(root / "lib"), *check_doors(root / "lib")]
    for folder in ("cli", "examples"):
        faults += check_outside(root / folder)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
