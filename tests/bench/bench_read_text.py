#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_read_text.py BENCH_READ: formats that are not JSON, read by bench_read and by Python.

Makes a file of about 10 MB for each format, out of the conversation of tests/read/same, and has it read by bench_read and by
what a script would use: csv.DictReader; a loop over the lines with regular expressions as webvtt-py and pysrt have them;
html.parser. The Python side makes a list of (speaker, start, text) of it, and neither joins nor checks anything.
Prints MB/s of both, processor time, best of three.
"""
import csv
import html
import html.parser
import io
import os
import re
import subprocess
import sys
import tempfile
import time

TURNS = (
    ('Dana', 4.0, 'Thank you for calling Harbor Home, my name is Dana, how can I help you today?'),
    ('Sam', 3.0, 'My kettle broke after two weeks and I would like a refund.'),
    ('Dana', 3.5, 'I am so sorry about that, I understand how frustrating this must be.'),
    ('Sam', 1.5, 'So will you give me my money back?'),
    ('Dana', 5.5, 'Unfortunately our policy states that returns close after thirty days, but I will call you back.'),
    ('Sam', 1.5, 'Okay, thank you for your help.'),
)
BYTES = 10_000_000
TIME = re.compile(r'(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})')
ARROW = re.compile(r'\s*((?:\d+:)?\d\d:\d\d[.,]\d{3})\s*-->\s*((?:\d+:)?\d\d:\d\d[.,]\d{3})')
VOICE = re.compile(r'<v(?:\.\S+)? ([^>]+)>')
TAG = re.compile(r'<[^>]*>')
LABEL = re.compile(r'(\w[\w .]{0,40}): (.*)', re.S)
PLAIN = re.compile(r'\[(\d+):(\d\d):(\d\d)\] ([^:]{1,40}): (.*)')


def clock(seconds, point):
    ms = round(seconds * 1000)
    return f'{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}'


def turns(count):
    at = 0.5
    for i in range(count):
        speaker, length, text = TURNS[i % len(TURNS)]
        yield i, speaker, at, at + length, text
        at += length + 0.5


def write(make, before=''):
    count = 1000
    size = len(before) + sum(len(make(*turn)) for turn in turns(count))
    return before + ''.join(make(*turn) for turn in turns(count * BYTES // size))


def seconds(text):
    hours, minutes, whole, thousandths = TIME.match(text).groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + int(thousandths) / 1000


def read_captions(text):
    found = []
    start = None
    lines = []
    for line in text.splitlines() + ['']:
        arrow = ARROW.match(line)
        if arrow:
            start, lines = seconds(arrow.group(1)), []
        elif line.strip() == '' and start is not None:
            said = '\n'.join(lines)
            voice = VOICE.search(said)
            label = LABEL.match(said)
            speaker = voice.group(1) if voice else label.group(1) if label else ''
            found.append((speaker, start, html.unescape(TAG.sub('', said if voice or not label else label.group(2)))))
            start = None
        elif start is not None:
            lines.append(line)
    return found


def read_csv(text):
    return [(row['speaker'], float(row['start']), row['text']) for row in csv.DictReader(io.StringIO(text))]


def read_plain(text):
    found = []
    for line in text.splitlines():
        match = PLAIN.match(line)
        if match:
            hours, minutes, whole, speaker, said = match.groups()
            found.append((speaker, int(hours) * 3600 + int(minutes) * 60 + int(whole), said))
    return found


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tag, self.speaker, self.found = '', '', []

    def handle_starttag(self, tag, attrs):
        self.tag = tag

    def handle_data(self, data):
        if self.tag == 'cite' and data.strip():
            self.speaker = data
        elif self.tag == 'p' and data.strip():
            self.found.append((self.speaker, None, data))


def read_html(text):
    page = Page()
    page.feed(text)
    return page.found


def quoted(text):
    return f'"{text}"' if ',' in text else text


FORMATS = {
    'call.vtt': (lambda: write(lambda i, who, a, b, text: f'{clock(a, ".")} --> {clock(b, ".")}\n<v {who}>{text}</v>\n\n',
                               'WEBVTT\n\n'), read_captions),
    'call.srt': (lambda: write(lambda i, who, a, b, text: f'{i + 1}\n{clock(a, ",")} --> {clock(b, ",")}\n{who}: {text}\n\n'),
                 read_captions),
    'call.csv': (lambda: write(lambda i, who, a, b, text: f'{i // 20},{who},{a:.1f},{quoted(text)}\n',
                               'call_id,speaker,start,text\n'), read_csv),
    'call.txt': (lambda: write(lambda i, who, a, b, text: f'[{clock(a, ".")[:8]}] {who}: {text}\n'), read_plain),
    'call.html': (lambda: write(lambda i, who, a, b, text: f'<cite>{who}:</cite>\n<time>{clock(a, ".")[:8]}</time>\n<p>{text}</p>\n'),
                  read_html),
}


def best(run, size):
    speed = 0
    for _ in range(3):
        start = time.process_time()
        run()
        speed = max(speed, size / (time.process_time() - start) / 1e6)
    return speed


def main():
    program = sys.argv[1]
    print('| format | bench_read | Python | times as fast |\n|---|---|---|---|')
    with tempfile.TemporaryDirectory() as folder:
        for name, (make, read) in FORMATS.items():
            path = os.path.join(folder, name)
            text = make()
            with open(path, 'w', encoding='utf-8', newline='') as file:
                file.write(text)
            line = subprocess.run([program, path], capture_output=True, text=True, check=True).stdout.split()
            python = best(lambda: read(text), len(text))
            ours = float(line[5])
            print(f'| `{line[0]}` | {ours:.0f} | {python:.1f} | {ours / python:.0f} |')


main()
