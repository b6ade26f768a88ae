/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include "diagnostics.h"

static const char builtin[] = "en";

/* Counts what was told, so that nothing is told twice and nothing is not told at all. */
static void tell(void *user, const cxm_error *error) {
    size_t *count = user;
    ++*count;
    cli_report(error);
}

/* What to exit with; tells the error where that has not been done. */
static int judge(cxm_status status, const cxm_error *error, bool told) {
    if (status == CXM_OK)
        return CLI_DONE;
    if (!told)
        cli_report(error);
    return status == CXM_E_SYNTAX || status == CXM_E_LIMIT || status == CXM_E_ENCODING
               ? CLI_NO
               : CLI_TROUBLE;
}

static int worse(int a, int b) {
    return a > b ? a : b;
}

static cxm_status add_query(cxm_lexicon_builder *builder, const char *query, cxm_error *error) {
    return cxm_lexicon_builder_add_query(builder, cxm_str_from("query"), cxm_str_from(query),
                                         error);
}

/* Adds every pack, also behind one with errors: all are told in one go. */
static int add_all(cxm_lexicon_builder *builder, const cli_pack *pack, size_t *told) {
    cxm_error error;
    int status = CLI_DONE;
    if (!pack->no_builtin) {
        size_t before = *told;
        cxm_status added = cxm_lexicon_builder_add_builtin(builder, builtin, &error);
        status = judge(added, &error, *told > before);
    }
    for (size_t i = 0; i < pack->paths.count; i++) {
        size_t before = *told;
        cxm_status added = cxm_lexicon_builder_add_path(builder, pack->paths.items[i], &error);
        status = worse(status, judge(added, &error, *told > before));
    }
    if (pack->query) {
        cxm_status added = add_query(builder, pack->query, &error);
        status = worse(status, judge(added, &error, false));
    }
    return status;
}

int cli_pack_build(const cli_pack *pack, cxm_lexicon **out) {
    size_t told = 0;
    cxm_error error;
    cxm_lexicon_builder *builder;
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.report = tell;
    options.report_user = &told;
    options.keep_parts = pack->keep_parts;
    *out = NULL;
    if (cxm_lexicon_builder_new(&options, &builder, &error) != CXM_OK) {
        cli_report(&error);
        return CLI_TROUBLE;
    }
    int status = add_all(builder, pack, &told);
    if (status != CLI_TROUBLE) { /* what compiling finds wrong is told as well */
        cxm_status built = cxm_lexicon_builder_build(builder, out, &error);
        status = worse(status, judge(built, &error, told > 0));
    }
    cxm_lexicon_builder_free(builder);
    return status;
}

/* A lexicon of nothing but the query; NULL where that needs more, or is wrong. */
static cxm_lexicon *build_alone(const char *query) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    if (cxm_lexicon_builder_new(NULL, &builder, NULL) != CXM_OK)
        return NULL;
    if (add_query(builder, query, NULL) != CXM_OK ||
        cxm_lexicon_builder_build(builder, &lexicon, NULL) != CXM_OK)
        lexicon = NULL;
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

int cli_pack_open(const cli_pack *pack, cxm_lexicon **out) {
    *out = pack->query && !pack->whole && !pack->paths.count ? build_alone(pack->query) : NULL;
    if (*out)
        return CLI_DONE;
    if (pack->no_builtin && pack->paths.count == 0) {
        cli_begin_message();
        fputs("--no-builtin leaves nothing to look for without a --pack\n", stderr);
        return CLI_USAGE;
    }
    return cli_pack_build(pack, out) == CLI_DONE ? CLI_DONE : CLI_TROUBLE;
}
