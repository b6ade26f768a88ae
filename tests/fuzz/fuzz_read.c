/* SPDX-License-Identifier: MIT */
/*
 * Reads the bytes in every format there is. The last byte chooses the format and how much memory
 * there will be, unless it is one that ends a text; the rest is the input. Asserts what reader.h
 * and transcript.h promise.
 */
#include "base/utf8.h"
#include "budget.h"
#include "transcript/transcript.h"

#include <cxmine.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition) ((condition) ? (void)0 : abort())

static void check_turn(const cxm_transcript *transcript, size_t index) {
    const cxm_turn *turn = cxm_transcript_turn(transcript, index);
    CHECK(turn->text.ptr);
    CHECK(cxm_utf8_valid(turn->text.ptr, turn->text.len));
    CHECK(cxm_utf8_valid(turn->speaker.ptr, turn->speaker.len));
    CHECK(cxm_utf8_valid(turn->channel.ptr, turn->channel.len));
    CHECK((unsigned)turn->role < CXM_ROLE_COUNT);
    CHECK(isfinite(turn->start) && (turn->start >= 0 || turn->start == CXM_TIME_UNKNOWN));
    CHECK(isfinite(turn->end) && (turn->end >= 0 || turn->end == CXM_TIME_UNKNOWN));
    CHECK(cxm_transcript_speaker_of(transcript, index) < cxm_transcript_speaker_count(transcript));
    size_t last = 0;
    for (size_t i = 0; i < turn->mark_count; i++) {
        size_t offset = turn->marks[i].offset;
        CHECK(offset >= last && offset <= turn->text.len);
        CHECK(offset == turn->text.len || ((unsigned char)turn->text.ptr[offset] & 0xC0) != 0x80);
        last = offset;
    }
}

/* Checks a transcript; how many bytes of text it has. */
static size_t check_transcript(const cxm_transcript *transcript) {
    size_t bytes = 0;
    size_t count = cxm_transcript_turn_count(transcript);
    for (size_t i = 0; i < count; i++) {
        check_turn(transcript, i);
        bytes += cxm_transcript_turn(transcript, i)->text.len;
    }
    CHECK(!cxm_transcript_turn(transcript, count));
    if (count) {
        const cxm_turn *last = cxm_transcript_turn(transcript, count - 1);
        const char *behind = last->text.ptr + last->text.len;
        for (size_t i = 0; i < CXM_TEXT_PADDING; i++)
            CHECK(behind[i] == 0);
    }
    cxm_str id = cxm_transcript_id(transcript);
    CHECK(cxm_utf8_valid(id.ptr, id.len));
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        CHECK(cxm_utf8_valid(meta->key.ptr, meta->key.len));
        CHECK(cxm_utf8_valid(meta->value.ptr, meta->value.len));
    }
    return bytes;
}

static void check_error(const cxm_error *error, cxm_status status, size_t size) {
    CHECK(error->code == status);
    CHECK(error->message[0]);
    CHECK(memchr(error->message, '\0', sizeof error->message));
    CHECK(memchr(error->excerpt, '\0', sizeof error->excerpt));
    if (status == CXM_E_NOMEM)
        return;
    CHECK(error->line > 0 && error->column > 0);
    CHECK(error->offset <= size || error->offset == UINT64_MAX);
}

static void check_problems(const cxm_reader *reader, size_t size) {
    const cxm_problem *problem;
    for (size_t i = 0; (problem = cxm_reader_problem(reader, i)) != NULL; i++) {
        CHECK(problem->count > 0);
        check_error(&problem->error, problem->error.code, size);
    }
}

static void read_all(cxm_str input, const cxm_reader_options *options) {
    cxm_reader *reader;
    cxm_error error;
    size_t bytes = 0;
    cxm_status status = cxm_reader_new(input, options, &reader, &error);
    if (status) {
        CHECK(!reader);
        return;
    }
    /* Each conversation, or failure, uses up a byte at least. */
    for (size_t i = 0; i <= 3 * input.len + 1; i++) {
        cxm_transcript *transcript;
        memset(&error, 0x55, sizeof error);
        status = cxm_reader_next(reader, &transcript, &error);
        CHECK(!status || !transcript);
        if (status)
            check_error(&error, status, input.len);
        if (status == CXM_E_NOMEM || (!status && !transcript))
            break;
        CHECK(i <= 3 * input.len);
        check_problems(reader, input.len);
        if (transcript)
            bytes += check_transcript(transcript);
        cxm_transcript_free(transcript);
    }
    /* One byte of Windows-1252 is three of UTF-8 at most. */
    CHECK(bytes <= 3 * input.len);
    cxm_reader_free(reader);
}

/* The formats in their order, then recognized by content. */
static const char *format_of(uint8_t choice) {
    cxm_format_about about;
    size_t count = 0;
    while (cxm_format_at(count, &about))
        count++;
    return cxm_format_at(choice % (count + 1), &about) ? about.name : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const cxm_role_rule rules[] = {{{"bob", 3}, CXM_ROLE_AGENT},
                                          {{"x, y", 4}, CXM_ROLE_BOT}};
    static const cxm_column_rule columns[] = {{{"text", 4}, {"2", 1}}, {{"speaker", 7}, {"1", 1}}};
    enum { WITH_COLUMNS = 240 };
    if (size == 0)
        return 0;
    /* Files that people wrote are seeds as they are: they end in a line's end, or in no byte that
     * makes memory short. */
    uint8_t last = data[size - 1];
    bool is_file = last == '\n' || last >= ' ';
    uint8_t choice = is_file && last < 0x80 ? 0xFF : last;
    budget memory = {.most = choice < ' ' ? choice * 4u : 0};
    cxm_allocator allocator = budget_allocator(&memory);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.allocator = &allocator;
    options.format = choice == 0xFF ? NULL : format_of(choice);
    options.roles = rules;
    options.role_count = 2;
    options.columns = columns;
    options.column_count = choice >= WITH_COLUMNS && choice < 0xFF ? 2 : 0;
    /* In a block of just its size, so that a sanitizer sees what is read behind it. */
    size_t len = is_file ? size : size - 1;
    char *bytes = malloc(len ? len : 1);
    CHECK(bytes);
    memcpy(bytes, data, len);
    read_all((cxm_str){bytes, len}, &options);
    CHECK(memory.live == 0);
    free(bytes);
    return 0;
}
