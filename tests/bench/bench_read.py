#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_read.py BENCH_READ FILE...: Python's json, and what a script would make of each file, beside bench_read.

For each JSON file: MB/s of json.loads() alone, of that with the turns taken out of it (speaker, start, text; nothing is joined,
ordered or checked), of bench_read, and how many times as fast that is as the second. Processor time, best of five.
"""
import json
import subprocess
import sys
import time


def words(items, speaker, text, start):
    return [(w.get(speaker), w.get(start), w.get(text)) for w in items]


READERS = {
    'jsonl': lambda d: words(d['turns'], 'speaker', 'text', 'start'),
    'contact-lens-voice': lambda d: words(d['Transcript'], 'ParticipantId', 'Content', 'BeginOffsetMillis'),
    'contact-lens-chat': lambda d: words(d['Transcript'], 'DisplayName', 'Content', 'AbsoluteTime'),
    'transcribe-calls': lambda d: words(d['Transcript'], 'ParticipantRole', 'Content', 'BeginOffsetMillis'),
    'transcribe': lambda d: [(w.get('speaker_label'), w.get('start_time'), w['alternatives'][0]['content'])
                             for w in d['results']['items']],
    'google-upload': lambda d: words(d['entries'], 'user_id', 'text', 'start_timestamp_usec'),
    'google-conversation': lambda d: words(d['transcript'].get('transcriptSegments', []), 'channelTag', 'text', 'messageTime'),
    'genesys': lambda d: [t for s in d['transcripts']
                          for t in words(s['phrases'], 'participantPurpose', 'text', 'startTimeMs')],
    'azure-batch': lambda d: [(p['nBest'][0].get('speaker'), p['offsetInTicks'], p['nBest'][0]['display'])
                              for p in d['recognizedPhrases']],
    'deepgram': lambda d: words(d['results'].get('utterances') or d['results']['channels'][0]['alternatives'][0].get('words', []),
                                'speaker', 'transcript', 'start'),
    'assemblyai': lambda d: words(d['utterances'] or d['words'], 'speaker', 'text', 'start'),
    'whisper': lambda d: words(d['segments'], 'speaker', 'text', 'start'),
    'whisper-cpp': lambda d: words(d['transcription'], 'speaker', 'text', 'offsets'),
    'podcast': lambda d: words(d['segments'], 'speaker', 'body', 'startTime'),
    'harper-valley': lambda d: words(d, 'speaker_role', 'human_transcript', 'start_ms'),
    'zendesk': lambda d: [t for c in d.get('chats', [d]) for t in words(c['history'], 'name', 'msg', 'timestamp')],
    'intercom': lambda d: words(d['conversation_parts']['conversation_parts'], 'author', 'body', 'created_at'),
    'liveperson': lambda d: [t for c in d['conversationHistoryRecords']
                             for t in words(c['messageRecords'], 'participantId', 'messageData', 'timeL')],
    'salesforce': lambda d: words(d if isinstance(d, list) else d['records'], 'ActorName', 'Message', 'EntryTime'),
    'elevateai': lambda d: [(p, s['startTimeOffset'], d[p]['phrases'][s['phraseIndex']])
                            for p in ('participantOne', 'participantTwo') for s in d[p]['phraseSegments']],
    'abcd': lambda d: [tuple(t) for c in d for t in c['original']],
    'taskmaster': lambda d: [t for c in (d if isinstance(d, list) else [d])
                             for t in words(c['utterances'], 'speaker', 'text', 'index')],
    'sgd': lambda d: [t for c in d for t in words(c['turns'], 'speaker', 'utterance', 'frames')],
}


def speed(data, run):
    best = 0
    for _ in range(5):
        start = time.process_time()
        times = 0
        while (taken := time.process_time() - start) < 0.05:
            run(data)
            times += 1
        best = max(best, len(data) * times / taken / 1e6)
    return best


def main():
    program, *files = sys.argv[1:]
    print('| format | bytes | json.loads | and turns | bench_read | times as fast |\n|---|---|---|---|---|---|')
    for path in files:
        line = subprocess.run([program, path], capture_output=True, text=True, check=True).stdout.split()
        name, ours = line[0], float(line[5])
        reader = READERS.get(name)
        if not reader:
            continue
        with open(path, 'rb') as file:
            data = file.read()
        plain = speed(data, json.loads)
        turns = speed(data, lambda bytes_: reader(json.loads(bytes_)))
        print(f'| `{name}` | {len(data)} | {plain:.0f} | {turns:.0f} | {ours:.0f} | {ours / turns:.1f} |')


main()
