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


def phrases(pack):
    """All phrases by category, those of `phrases:` only."""
    import yaml
    found = {}
    for path in sorted(glob.glob(os.path.join(pack, '*.yaml'))):
        for name, category in ((yaml.load(open(path), yaml.BaseLoader) or {}).get('categories') or {}).items():
            for item in category.get('phrases') or []:
                found.setdefault(name, []).append(item if isinstance(item, str) else item['phrase'])
    return found


def joined(first, second):
    """Both texts as one, where the end of one is the beginning of the other, or one is in the other."""
    a, b = first.split(), second.split()
    for n in range(min(len(a), len(b)), 0, -1):
        if a[-n:] == b[:n]:
            return ' '.join(a + b[n:])
        if b[-n:] == a[:n]:
            return ' '.join(b + a[n:])
    return first if second in first else second if first in second else None


def role_of(category):
    customers = ('churn', 'effort', 'escalation', 'expectation', 'frustration', 'satisfaction')
    return 'customer' if category.split('.')[0] in customers or category == 'policy.reported' else 'agent'


def sentence(text):
    text = text[:1].upper() + text[1:]
    return text[:-2] + '?' if text.endswith(' ?') else text + '.'


def misses(cxmine, copy, samples, sayer, texts, rng):
    """Texts in which an `unless` drops something, each tried until the coverage says that it does."""
    kept, found = {}, phrases(copy)
    said = {c: [sayer.say(rng.choice(split(p, '|'))) for p in ps for _ in range(3)] for c, ps in found.items()}
    for _ in range(14):
        write(samples, texts, kept)
        out = subprocess.run([cxmine, 'lexicon', 'test', '--coverage', copy], capture_output=True, text=True).stdout
        left = re.findall(r'^(\S+:\d+): no test exercises the unless of (\S+): (.*)$', out, re.M)
        tries = []
        for place, category, unless in left:
            texts_of = [t for t in said.get(category, []) if t]
            rng.shuffle(texts_of)
            for text in texts_of:
                whole = joined(sayer.say(rng.choice(split(unless, '|'))).replace(' ?', ''), text)
                if whole:
                    tries.append((place, category, sentence(whole)))
                    break
        found_in = hits(cxmine, copy, None, [(role_of(c), t) for _, c, t in tries])
        tries = [t for t, h in zip(tries, found_in) if t[1] not in [c for _, c in h]]
        trial = {c: list(v) for c, v in kept.items()}
        for _, category, text in tries:
            trial.setdefault(category, []).append(text)
        write(samples, texts, trial)
        out = subprocess.run([cxmine, 'lexicon', 'test', '--coverage', copy], capture_output=True, text=True).stdout
        still = set(re.findall(r'^(\S+:\d+): no test exercises the unless of \S+: ', out, re.M))
        for place, category, text in tries:
            if place not in still and place in {p for p, _, _ in left}:
                kept.setdefault(category, []).append(text)
    return kept


def uncovered(cxmine, pack):
    out = subprocess.run([cxmine, 'lexicon', 'test', '--coverage', pack], capture_output=True, text=True).stdout
    found = re.findall(r'^(\S+):(\d+): no test exercises the phrase of (\S+): (.*)$', out, re.M)
    return [(f'{file}:{line}', category, phrase) for file, line, category, phrase in found], out


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def write(path, texts, no_hits=None):
    no_hits = no_hits or {}
    with open(path, 'w') as f:
        f.write('# Texts that exercise phrases which the tests beside them do not, written by ../make_samples.py.\ncxmine: 1\nlanguage: en\n'
                'categories:\n')
        for category in sorted(set(texts) | set(no_hits)):
            f.write(f'  {category}:\n    tests:\n')
            if category in no_hits:
                f.write('      miss:\n')
                for text in no_hits[category]:
                    f.write(f'        - {quote(text)}\n')
            if category not in texts:
                continue
            f.write('      hit:\n')
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
                    said.append((place, category, role_of(category), sentence(text)))
            found = hits(cxmine, copy, None, [(r, t) for _, _, r, t in said])
            done = set()
            for (place, category, _, text), h in zip(said, found):
                if (place, category) in h and (place, category) not in done:
                    done.add((place, category))
                    texts.setdefault(category, []).append(text)
            open_phrases = [o for o in open_phrases if (o[0], o[1]) not in done]
        write('/dev/stdout', texts, misses(cxmine, copy, samples, sayer, texts, rng))
        print(len(open_phrases), 'phrases are left', file=sys.stderr)


if __name__ == '__main__':
    main()
