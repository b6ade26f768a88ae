/* SPDX-License-Identifier: MIT */
#include "lexicons.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool bench_phrases_read(bench_phrases *self, const char *path) {
    size_t len;
    size_t lines = 1;
    *self = (bench_phrases){.bytes = NULL};
    if (!bench_file_read(path, &self->bytes, &len))
        return false;
    for (size_t i = 0; i < len; i++)
        lines += self->bytes[i] == '\n';
    self->items = malloc(lines * sizeof *self->items);
    if (!self->items)
        return false;
    for (char *line = strtok(self->bytes, "\n"); line; line = strtok(NULL, "\n"))
        if (line[0] != '#')
            self->items[self->count++] = cxm_str_from(line);
    return true;
}

void bench_phrases_clear(bench_phrases *self) {
    free(self->bytes);
    free(self->items);
}

static void tell(void *user, const cxm_error *error) {
    (void)user;
    fprintf(stderr, "%s:%u:%u: %s\n", error->file, (unsigned)error->line, (unsigned)error->column,
            error->message);
}

/* What is added, and builds: exactly one of the two. */
static cxm_lexicon *build(const char *pack, const cxm_buffer *yaml) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.report = tell;
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    cxm_status status = cxm_lexicon_builder_new(&options, &builder, &error);
    if (status != CXM_OK)
        return NULL;
    if (yaml)
        status = cxm_lexicon_builder_add_bytes(builder, cxm_str_from("bench.yaml"),
                                               cxm_buffer_str(yaml), &error);
    else if (pack)
        status = cxm_lexicon_builder_add_path(builder, pack, &error);
    else
        status = cxm_lexicon_builder_add_builtin(builder, "en", &error);
    if (status == CXM_OK)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    if (status != CXM_OK)
        fprintf(stderr, "no lexicon: %s\n", error.message);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

cxm_lexicon *bench_lexicon_of_pack(const char *path) {
    return build(path, NULL);
}

static void add_quoted(cxm_buffer *yaml, cxm_str phrase) {
    cxm_buffer_add_text(yaml, "      - '");
    for (size_t i = 0; i < phrase.len; i++) {
        if (phrase.ptr[i] == '\'')
            cxm_buffer_add_char(yaml, '\'');
        cxm_buffer_add_char(yaml, phrase.ptr[i]);
    }
    cxm_buffer_add_text(yaml, "'\n");
}

cxm_lexicon *bench_lexicon_of_phrases(const cxm_str *items, size_t count) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer yaml;
    cxm_buffer_init(&yaml, &allocator);
    cxm_buffer_add_text(&yaml, "cxmine: 1\nlanguage: en\ncategories:\n"
                               "  bench.phrase:\n    phrases:\n");
    for (size_t i = 0; i < count; i++)
        add_quoted(&yaml, items[i]);
    cxm_lexicon *lexicon = yaml.failed ? NULL : build(NULL, &yaml);
    cxm_buffer_clear(&yaml);
    return lexicon;
}

cxm_lexicon *bench_lexicon(const bench_options *options) {
    bench_phrases phrases;
    if (!options->literals)
        return bench_lexicon_of_pack(options->pack);
    cxm_lexicon *lexicon = NULL;
    if (bench_phrases_read(&phrases, options->literals))
        lexicon = bench_lexicon_of_phrases(phrases.items, phrases.count);
    bench_phrases_clear(&phrases);
    return lexicon;
}
