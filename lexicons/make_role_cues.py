#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Learns the role cues of a language: what agents say, and what customers say.

usage: make_role_cues.py OUTPUT DIALOGUES...
       make_role_cues.py --check CUES DIALOGUES...

DIALOGUES are canonical JSON Lines whose speakers are called agent and customer. Only counts of
short word sequences are taken from them, no texts. Conversations with an even number in their file
are learnt from; --check tells how well the others are decided (in the library: cxmine roles come
out the same, see lib/match/role_vote.c).

A cue is one to four words as a speaker says them, apostrophes left out; ^ is the start of a
sentence, ? the end of a question. A speaker's score is the sum of the weights of the cues that they
used, each once; of two speakers the difference of the scores is the logarithm of the odds that the
first is the agent. The weights are those of a logistic regression (FTRL-Proximal, McMahan et al.
2013, whose L1 term leaves most candidates out), learnt on pairs and on single speakers, each file
with the same number of conversations so that none drowns the others.
"""
import collections
import json
import math
import random
import re
import sys

WORD = re.compile(r"[a-z0-9]+(?:['’.][a-z0-9]+)*|[.?!\n]")
LONGEST = 4          # words of a cue
MOST_WORDS = 300     # of a speaker that are looked at, as in lib/match/role_vote.c
SURE = 2.2           # log odds from which on a role is decided, likewise
NOISE_WORDS = 60     # that take one more of them, likewise
PER_FILE = 1500      # conversations that are learnt from
CANDIDATES = 6000
FILES = 3            # in which a cue must be found
SEEN = 25            # speakers that must have used it
ROUNDS = 6


def sentences(text):
    words = ["^"]
    for token in WORD.findall(text.lower()):
        if token in ".?!\n":
            if token == "?" and len(words) > 1:
                words.append("?")
            if len(words) > 1:
                yield words
            words = ["^"]
        else:
            token = re.sub("['’]", "", token)
            words.append("0" if token[0].isdigit() else token)
    if len(words) > 1:
        yield words


class Said(set):
    """Cues of a speaker."""

    words = 0


def cues_of(texts):
    """The sequences of words that a speaker used, each once; and how many words they said."""
    found = Said()
    count = 0
    for text in texts:
        for words in sentences(text):
            count += len(words)
            for start in range(len(words)):
                for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                    found.add(" ".join(words[start:end]))
            if count > MOST_WORDS:
                break
        if count > MOST_WORDS:
            break
    found.words = min(count, MOST_WORDS)
    return found


def conversations(path, parity):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 2 != parity:
                continue
            said = collections.defaultdict(list)
            turns = json.loads(line)["turns"]
            for turn in turns:
                said[turn["speaker"]].append(turn["text"])
            said = {role: texts for role, texts in said.items() if role in ("agent", "customer")}
            if said:
                yield len(turns), said


def sample(path):
    chosen = list(conversations(path, 0))
    random.Random(1).shuffle(chosen)
    return [{role: cues_of(texts) for role, texts in said.items()}
            for _, said in chosen[:PER_FILE]]


def candidates(files):
    """The sequences that tell most, of those that more than one file has."""
    seen = [collections.Counter(), collections.Counter()]
    in_files = collections.Counter()
    totals = [0.0, 0.0]
    for conversations_of_file in files:
        weight = PER_FILE / len(conversations_of_file)
        here = set()
        for said in conversations_of_file:
            for side, role in enumerate(("agent", "customer")):
                if role in said:
                    totals[side] += weight
                    for cue in said[role]:
                        seen[side][cue] += weight
                    here |= said[role]
        in_files.update(here)
    ranked = []
    for cue, files_with_it in in_files.items():
        if cue in ("^", "?"):
            continue
        a, c = seen[0][cue], seen[1][cue]
        if files_with_it < FILES or a + c < SEEN:
            continue
        pa, pc = (a + 1) / (totals[0] + 2), (c + 1) / (totals[1] + 2)
        ranked.append((abs(math.log(pa / pc)) * abs(pa - pc), cue))
    ranked.sort(reverse=True)
    return {cue for _, cue in ranked[:CANDIDATES]}


class Ftrl:
    def __init__(self, alpha=0.1, beta=1.0, l1=1.0, l2=1.0):
        self.alpha, self.beta, self.l1, self.l2 = alpha, beta, l1, l2
        self.z = collections.defaultdict(float)
        self.n = collections.defaultdict(float)

    def weight(self, cue):
        z = self.z.get(cue, 0.0)
        if abs(z) <= self.l1:
            return 0.0
        sign = 1 if z > 0 else -1
        return -(z - sign * self.l1) / ((self.beta + math.sqrt(self.n[cue])) / self.alpha + self.l2)

    def learn(self, features, label, importance):
        weights = {cue: self.weight(cue) for cue, _ in features}
        total = sum(weights[cue] * value for cue, value in features)
        p = 1 / (1 + math.exp(-max(-30, min(30, total))))
        for cue, value in features:
            g = (p - label) * value * importance
            sigma = (math.sqrt(self.n[cue] + g * g) - math.sqrt(self.n[cue])) / self.alpha
            self.z[cue] += g - sigma * weights[cue]
            self.n[cue] += g * g


def learn(paths, strength=1.0):
    files = [sample(path) for path in paths]
    chosen = candidates(files)
    examples = []
    for conversations_of_file in files:
        importance = min(4.0, PER_FILE / len(conversations_of_file))
        for said in conversations_of_file:
            agent = said.get("agent", set()) & chosen
            customer = said.get("customer", set()) & chosen
            if agent and customer:
                pair = [(cue, 1.0) for cue in agent - customer]
                pair += [(cue, -1.0) for cue in customer - agent]
                examples.append((pair, 1, importance))
            if agent:
                examples.append(([(cue, 1.0) for cue in agent], 1, importance / 2))
            if customer:
                examples.append(([(cue, 1.0) for cue in customer], 0, importance / 2))
    model = Ftrl(l1=strength)
    order = random.Random(2)
    for _ in range(ROUNDS):
        order.shuffle(examples)
        for features, label, importance in examples:
            model.learn(sorted(features), label, importance)
    weights = {cue: round(model.weight(cue), 1) for cue in chosen}
    return {cue: weight for cue, weight in weights.items() if weight}


def write(path, weights):
    by_weight = collections.defaultdict(list)
    for cue, weight in weights.items():
        role = "agent" if weight > 0 else "customer"
        by_weight[role, abs(weight)].append(cue)
    with open(path, "w", encoding="utf-8") as out:
        for role, weight in sorted(by_weight, key=lambda key: (key[0], -key[1])):
            cues = ", ".join(f'"{cue}"' for cue in sorted(by_weight[role, weight]))
            line = f"  {role} {weight}: [{cues}]"
            while len(line) > 140:
                cut = line.rindex(", ", 0, 139) + 1
                out.write(line[:cut] + "\n")
                line = "   " + line[cut:]
            out.write(line + "\n")


def read(path):
    weights = {}
    text = open(path, encoding="utf-8").read()
    for role, weight, cues in re.findall(r"^  (agent|customer) ([\d.]+): \[(.*?)\]", text, re.M | re.S):
        for cue in re.findall(r'"([^"]*)"', cues):
            weights[cue] = float(weight) * (1 if role == "agent" else -1)
    return weights


def needed(*speakers):
    return SURE + min(said.words for said in speakers) / NOISE_WORDS


def check(weights, paths, least=6):
    for path in paths:
        speakers = decided = right = 0
        long_speakers = long_decided = 0
        for turns, said in conversations(path, 1):
            said = {role: cues_of(texts) for role, texts in said.items()}
            sure = needed(*said.values())
            score = {role: sum(weights.get(cue, 0) for cue in cues) for role, cues in said.items()}
            if len(score) == 2:
                odds = score["agent"] - score["customer"]
                sides = [odds, odds]
            else:
                role = next(iter(score))
                sides = [score[role] if role == "agent" else -score[role]]
            for odds in sides:
                speakers += 1
                is_decided = abs(odds) >= sure
                decided += is_decided
                right += odds >= sure
                if turns >= least:
                    long_speakers += 1
                    long_decided += is_decided
        name = path.rsplit("/", 1)[-1]
        print(f"{name}: {speakers} speakers, decided {100 * decided / max(1, speakers):.2f} %, "
              f"right of those {100 * right / max(1, decided):.2f} %; "
              f"of {long_speakers} in {least} turns or more {100 * long_decided / max(1, long_speakers):.2f} % decided",
              flush=True)


def main(arguments):
    if arguments[0] == "--check":
        check(read(arguments[1]), arguments[2:])
    elif arguments[0] == "--leave-out":
        for path in arguments[1:]:
            check(learn([other for other in arguments[1:] if other != path]), [path])
    else:
        write(arguments[0], learn(arguments[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
