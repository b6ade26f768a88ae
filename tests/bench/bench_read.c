/* SPDX-License-Identifier: MIT */
/* bench_read FILE...: how fast each file is read, whatever format it is in. */
#define _POSIX_C_SOURCE 200809L
#include <cxmine.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Reads all conversations once; how many turns they have. `format` becomes the format's name. */
static size_t read_once(cxm_str bytes, char *format, size_t size) {
    cxm_reader *reader;
    cxm_transcript *transcript = NULL;
    size_t turns = 0;
    if (cxm_reader_new(bytes, NULL, &reader, NULL) != CXM_OK)
        return 0;
    snprintf(format, size, "%s", cxm_reader_format(reader));
    while (cxm_reader_next(reader, &transcript, NULL) == CXM_OK && transcript) {
        turns += cxm_transcript_turn_count(transcript);
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    return turns;
}

static char *load(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    char *bytes = size > 0 ? malloc((size_t)size) : NULL;
    *len = bytes ? fread(bytes, 1, (size_t)size, file) : 0;
    fclose(file);
    return bytes;
}

/* The best of several rounds, each long enough to be measured. */
static double best_speed(cxm_str bytes, size_t *turns, char *format, size_t size) {
    static const double least = 0.05;
    double best = 0;
    for (int round = 0; round < 5; round++) {
        double start = seconds_now();
        double taken = 0;
        size_t times = 0;
        for (; taken < least; taken = seconds_now() - start, times++)
            *turns = read_once(bytes, format, size);
        double speed = (double)bytes.len * (double)times / taken / 1e6;
        best = speed > best ? speed : best;
    }
    return best;
}

int main(int argc, char **argv) {
    bool good = true;
    for (int i = 1; i < argc; i++) {
        char format[64] = "";
        size_t turns = 0;
        size_t len;
        char *bytes = load(argv[i], &len);
        if (!bytes) {
            fprintf(stderr, "bench_read: cannot read %s\n", argv[i]);
            good = false;
            continue;
        }
        double speed = best_speed((cxm_str){bytes, len}, &turns, format, sizeof format);
        printf("%-20s %9zu bytes %6zu turns %8.1f MB/s  %s\n", format, len, turns, speed, argv[i]);
        free(bytes);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
