/* SPDX-License-Identifier: MIT */
/* The list of writers, and what they share. A new format is a file beside this one and a line. */
#include "base/error.h"
#include "base/memory.h"
#include "write/writer.h"

#include <string.h>

static const cxm_writer_format *const formats[] = {
    &cxm_write_text,
    &cxm_write_jsonl,
};

static const cxm_answer_format *const answer_formats[] = {
    &cxm_answer_text,
    &cxm_answer_jsonl,
    &cxm_answer_csv,
};

enum { DEFAULT_WIDTH = 80 };

static const cxm_writer_format *find_format(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

static const cxm_answer_format *find_answer_format(const char *name) {
    for (size_t i = 0; i < sizeof answer_formats / sizeof *answer_formats; i++)
        if (strcmp(answer_formats[i]->name, name) == 0)
            return answer_formats[i];
    return NULL;
}

cxm_status cxm_writer_new(const char *format, const cxm_lexicon *lexicon,
                          const cxm_writer_options *options, cxm_writer **out, cxm_error *error) {
    if (!out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no place to put the writer");
    *out = NULL;
    cxm_writer_options chosen = CXM_WRITER_OPTIONS_INIT;
    if (!format || !lexicon)
        return cxm_fail(error, CXM_E_ARGUMENT, "a writer needs a format and a lexicon");
    if (!cxm_options_read(&chosen, sizeof chosen, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "struct_size is not set in the writer's options");
    const cxm_writer_format *found = find_format(format);
    const cxm_answer_format *answer = find_answer_format(format);
    if (!found && !answer)
        return cxm_fail(error, CXM_E_NOT_FOUND, "no writer is called '%.60s'", format);

    cxm_allocator allocator = cxm_allocator_or_default(chosen.allocator);
    cxm_writer *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    *self = (cxm_writer){.allocator = allocator,
                         .format = found,
                         .answer_format = answer,
                         .context = chosen.context,
                         .lexicon = lexicon,
                         .color = chosen.color,
                         .width = chosen.width ? chosen.width : DEFAULT_WIDTH};
    cxm_buffer_init(&self->out, &allocator);
    cxm_buffer_init(&self->scratch, &allocator);
    if (!cxm_families_init(&self->families, lexicon, &allocator) ||
        !cxm_tally_init(&self->one, &self->families, &allocator) ||
        !cxm_tally_init(&self->all, &self->families, &allocator) ||
        !cxm_verdicts_init(&self->verdicts, lexicon, &allocator)) {
        cxm_writer_free(self);
        return cxm_fail_memory(error);
    }
    *out = self;
    return CXM_OK;
}

static void start(cxm_writer *self) {
    cxm_buffer_reset(&self->out);
    if (!self->begun && self->format && self->format->begin)
        self->format->begin(self);
}

/* A call that failed leaves no trace: it can be made again. */
static cxm_status hand_out(cxm_writer *self, cxm_str *bytes, cxm_error *error) {
    if (self->out.failed)
        return cxm_fail_memory(error);
    self->begun = true;
    *bytes = cxm_buffer_str(&self->out);
    return CXM_OK;
}

cxm_status cxm_writer_judged(cxm_writer *self, const cxm_transcript *transcript,
                             const cxm_result *result, const cxm_judgement *judgement,
                             cxm_str *bytes, cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    if (!self->format)
        return cxm_fail(error, CXM_E_ARGUMENT, "%s is for what queries find",
                        self->answer_format->name);
    start(self);
    self->judgement = judgement;
    cxm_tally_set(&self->one, &self->families, result);
    self->format->result(self, transcript, result);
    cxm_status status = hand_out(self, bytes, error);
    if (status == CXM_OK)
        cxm_tally_add(&self->all, &self->one);
    if (status == CXM_OK && judgement)
        cxm_verdicts_add(&self->verdicts, judgement);
    return status;
}

cxm_status cxm_writer_result(cxm_writer *self, const cxm_transcript *transcript,
                             const cxm_result *result, cxm_str *bytes, cxm_error *error) {
    return cxm_writer_judged(self, transcript, result, NULL, bytes, error);
}

/* A format that may write nothing has begun once it has written something. */
static cxm_status hand_out_some(cxm_writer *self, cxm_str *bytes, cxm_error *error) {
    bool begun = self->begun;
    cxm_status status = hand_out(self, bytes, error);
    self->begun = begun || (status == CXM_OK && bytes->len > 0);
    return status;
}

cxm_status cxm_writer_answer(cxm_writer *self, const cxm_transcript *transcript,
                             const cxm_result *result, const cxm_answer *answer, cxm_str *bytes,
                             cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    if (!self->answer_format)
        return cxm_fail(error, CXM_E_ARGUMENT, "%s is not for what queries find",
                        self->format->name);
    cxm_buffer_reset(&self->out);
    self->answer_format->answer(self, transcript, result, answer);
    return hand_out_some(self, bytes, error);
}

cxm_status cxm_writer_explanation(cxm_writer *self, const cxm_transcript *transcript,
                                  const cxm_result *result, const cxm_explanation *explanation,
                                  cxm_str *bytes, cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    if (!self->answer_format || !self->answer_format->explanation)
        return cxm_fail(error, CXM_E_ARGUMENT, "only text and jsonl say why nothing was found");
    cxm_buffer_reset(&self->out);
    self->answer_format->explanation(self, transcript, result, explanation);
    return hand_out_some(self, bytes, error);
}

cxm_status cxm_writer_show(cxm_writer *self, const cxm_transcript *transcript,
                           const cxm_result *result, const cxm_judgement *judgement, cxm_str *bytes,
                           cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    if (self->format != &cxm_write_text)
        return cxm_fail(error, CXM_E_ARGUMENT, "only text shows transcripts");
    cxm_buffer_reset(&self->out);
    cxm_show_text(self, transcript, result, judgement);
    return hand_out(self, bytes, error);
}

static cxm_status check_live(const cxm_writer *self, cxm_error *error) {
    if (self->format && self->format->news)
        return CXM_OK;
    return cxm_fail(error, CXM_E_ARGUMENT, "only jsonl tells the events of a live conversation");
}

cxm_status cxm_writer_news(cxm_writer *self, const cxm_live *live, const cxm_live_news *news,
                           cxm_str *bytes, cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    cxm_status status = check_live(self, error);
    if (status)
        return status;
    start(self);
    self->format->news(self, live, news);
    return hand_out(self, bytes, error);
}

cxm_status cxm_writer_findings(cxm_writer *self, const cxm_live *live,
                               const cxm_live_findings *found, cxm_str *bytes, cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    cxm_status status = check_live(self, error);
    if (status)
        return status;
    start(self);
    self->format->findings(self, live, found);
    return hand_out(self, bytes, error);
}

cxm_status cxm_writer_end(cxm_writer *self, cxm_str *bytes, cxm_error *error) {
    *bytes = (cxm_str){NULL, 0};
    start(self);
    if (self->format && self->format->end)
        self->format->end(self);
    return hand_out(self, bytes, error);
}

void cxm_writer_free(cxm_writer *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_buffer_clear(&self->out);
    cxm_buffer_clear(&self->scratch);
    cxm_release(&allocator, self->marks, self->mark_capacity * sizeof *self->marks);
    cxm_tally_clear(&self->all);
    cxm_tally_clear(&self->one);
    cxm_families_clear(&self->families);
    cxm_verdicts_clear(&self->verdicts);
    cxm_release(&allocator, self, sizeof *self);
}
