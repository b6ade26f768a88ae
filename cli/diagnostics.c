/* SPDX-License-Identifier: MIT */
#include "diagnostics.h"

#include "cli.h"

#include <string.h>

/* The bytes of the UTF-8 sequence at `p`, and its code point; 0 where there is none. */
static size_t decode(const unsigned char *p, size_t len, uint32_t *code_point) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (size == 0 || size > len || p[0] > 0xF4)
        return 0;
    uint32_t value = size == 1 ? p[0] : p[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (p[i] & 0x3Fu);
    }
    *code_point = value;
    return value < least[size] || value > 0x10FFFF || value >> 11 == 0x1B ? 0 : size;
}

/* C0, DEL, C1, line separators, and what turns the direction of writing. */
static bool is_control(uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x061C ||
           (code_point >= 0x200E && code_point <= 0x200F) ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

void cli_put(FILE *to, cxm_str text) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point = 0;
        size_t size = decode(bytes + at, text.len - at, &code_point);
        if (size == 0 || is_control(code_point))
            fputs("\xEF\xBF\xBD", to);
        else
            fwrite(bytes + at, 1, size, to);
        at += size ? size : 1;
    }
}

void cli_begin_message(void) {
    fflush(stdout); /* results told before the message stand before it */
    fputs("cxmine: ", stderr);
}

void cli_complain(const char *name, const char *problem) {
    cli_begin_message();
    cli_put(stderr, cxm_str_from(*name ? name : "''"));
    fputs(": ", stderr);
    cli_put(stderr, cxm_str_from(problem));
    fputc('\n', stderr);
}

int cli_complain_memory(void) {
    cli_begin_message();
    fputs("out of memory\n", stderr);
    return CLI_TROUBLE;
}

static void put_place(const cxm_error *error) {
    cli_put(stderr, cxm_str_from(error->file));
    if (error->line)
        fprintf(stderr, ":%u", (unsigned)error->line);
    if (error->line && error->column)
        fprintf(stderr, ":%u", (unsigned)error->column);
    fputs(": ", stderr);
}

bool cli_report(const cxm_error *error) {
    cli_begin_message();
    if (error->file[0])
        put_place(error);
    cli_put(stderr,
            cxm_str_from(error->message[0] ? error->message : cxm_status_name(error->code)));
    fputc('\n', stderr);
    if (!error->excerpt[0])
        return false;
    fputs("  ", stderr);
    cli_put(stderr, cxm_str_from(error->excerpt));
    if (error->caret)
        fprintf(stderr, "\n  %*s", (int)error->caret, "^");
    fputc('\n', stderr);
    return false;
}
