#!/usr/bin/env python3
"""Writes texts that exercise the phrases of a pack which no test exercises yet.

    make_samples.py CXMINE PACK > PACK/samples.yaml

Asks `cxmine lexicon test --coverage PACK` what is not exercised, says each such phrase in words, keeps what is found, and
gathers several in one text. Delete PACK/samples.yaml first to begin anew.
"""
import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

WORDS = ['wrong', 'thing', '12', 'painted', 'waiting', 'ridiculous', 'kept', 'b', '9am', '3rd', 'sold', 'one', '5:30', 'went',
         'careless', 'broken', '$5', '5kg']


def split(text, mark):
    """The parts of a phrase between marks that stand outside of groups."""
    depth, part, parts = 0, '', []
    i = 0
    while i < len(text):
        c = text[i]
        if c == '/' and (i == 0 or text[i - 1] in ' (|='):
            end = i + 1
            while end < len(text) and not (text[end] == '/' and text[end - 1] != '\\'):
                end += 1
            part += text[i:end + 1]
            i = end + 1
            continue
        depth += (c == '(') - (c == ')')
        if c == mark and depth == 0:
            parts.append(part)
            part = ''
        else:
            part += c
        i += 1
    parts.append(part)
    return [p for p in (q.strip() for q in parts) if p]


class Sayer:
    def __init__(self, sets, rng):
        self.sets, self.rng, self.used = sets, rng, {}

    def alternatives(self, text):
        return self.say(self.rng.choice(split(text, '|') or ['']))

    def element(self, e):
        if e.endswith('?') and e != '$?':
            e = e[:-1]
            if self.rng.random() < 0.8:
                return ''
        if e.startswith('('):
            return self.alternatives(re.sub(r'^\w+=', '', e[1:-1]))
        if e.startswith('<'):
            name = e[1:-1]
            if name == 'rest':
                return 'so it goes'
            members = self.sets.get(name, [])
            if not members:
                return ''
            index = self.used.get(name, self.rng.randrange(len(members)))
            self.used[name] = (index + 1) % len(members)
            return self.alternatives(members[index])
        if e.startswith('...'):
            return ''
        if e == '_':
            return 'thing'
        if e.startswith('/'):
            fit = [w for w in WORDS if re.search(e[1:-1], w)]
            return self.rng.choice(fit) if fit else 'thing'
        if e in ('^', '$'):
            return ''
        if e == '$?':
            return '?'
        return e.rstrip('*~')

    def say(self, phrase):
        return ' '.join(w for w in (self.element(e) for e in split(phrase, ' ')) if w)


def read(pack):
    """Sets, as lists of phrases, and the phrases by file and line."""
    import yaml
    sets = {}
    for path in sorted(glob.glob(os.path.join(pack, '*.yaml'))):
        for name, members in ((yaml.load(open(path), yaml.BaseLoader) or {}).get('sets') or {}).items():
            sets.setdefault(name, []).extend(members if isinstance(members, list) else [members])
    return sets


def uncovered(cxmine, pack):
    out = subprocess.run([cxmine, 'lexicon', 'test', '--coverage', pack], capture_output=True, text=True).stdout
    found = re.findall(r'^(\S+):(\d+): no test exercises the phrase of (\S+): (.*)$', out, re.M)
    return [(f'{file}:{line}', category, phrase) for file, line, category, phrase in found], out


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def write(path, texts):
    with open(path, 'w') as f:
        f.write('# Texts that exercise phrases which the tests beside them do not, written by ../make_samples.py.\ncxmine: 1\nlanguage: en\n'
                'categories:\n')
        for category in sorted(texts):
            f.write(f'  {category}:\n    tests:\n      hit:\n')
            line = []
            for text in texts[category]:
                line.append(text)
                if sum(map(len, line)) > 90:
                    f.write(f'        - {quote(" ".join(line))}\n')
                    line = []
            if line:
                f.write(f'        - {quote(" ".join(line))}\n')


def hits(cxmine, pack, category, texts):
    """Which of the texts the phrase finds: the line of the phrase must be among the places of the hits."""
    import json
    turns = ''.join(json.dumps({'id': str(i), 'turns': [{'speaker': role, 'role': role, 'text': text}]}) + '\n'
                    for i, (role, text) in enumerate(texts))
    out = subprocess.run([cxmine, 'score', '--no-builtin', '--pack', pack, '--as', 'jsonl', '-'], input=turns, capture_output=True,
                         text=True).stdout
    return [[(h['lexicon'], h['category']) for h in json.loads(line)['hits']] for line in out.splitlines()]


def main():
    cxmine, pack = sys.argv[1:3]
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'pack')
        shutil.copytree(pack, copy)
        samples = os.path.join(copy, 'samples.yaml')
        sets, texts = read(copy), {}
        sayer = Sayer(sets, rng)
        open_phrases, _ = uncovered(cxmine, copy)
        for _ in range(12):
            if not open_phrases:
                break
            said = []
            for place, category, phrase in open_phrases:
                for _ in range(4):
                    text = sayer.say(rng.choice(split(phrase, '|')))
                    text = text[:1].upper() + text[1:]
                    text = text[:-2] + '?' if text.endswith(' ?') else text + '.'
                    role = 'customer' if category.split('.')[0] in (
                        'churn', 'effort', 'escalation', 'expectation', 'frustration', 'satisfaction') or category == 'policy.reported' else 'agent'
                    said.append((place, category, role, text))
            found = hits(cxmine, copy, None, [(r, t) for _, _, r, t in said])
            done = set()
            for (place, category, _, text), h in zip(said, found):
                if (place, category) in h and (place, category) not in done:
                    done.add((place, category))
                    texts.setdefault(category, []).append(text)
            open_phrases = [o for o in open_phrases if (o[0], o[1]) not in done]
        write('/dev/stdout', texts)
        print(len(open_phrases), 'phrases are left', file=sys.stderr)


if __name__ == '__main__':
    main()
