/* SPDX-License-Identifier: MIT */
#include "json_out.h"

#include "diagnostics.h"

#include <math.h>
#include <stdio.h>

static void put_plain(const char *from, const char *to) {
    cli_put(stdout, (cxm_str){from, (size_t)(to - from)});
}

void cli_json_string(cxm_str text) {
    const char *end = text.ptr + text.len;
    const char *plain = text.ptr;
    putchar('"');
    for (const char *at = text.ptr; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        put_plain(plain, at);
        plain = at + 1;
        if (c >= 0x20)
            printf("\\%c", c);
        else
            printf("\\u%04x", c);
    }
    if (plain < end)
        put_plain(plain, end);
    putchar('"');
}

void cli_json_key(bool *first, const char *key) {
    printf("%s\"%s\": ", *first ? "" : ", ", key);
    *first = false;
}

void cli_json_number(double value) {
    if (isfinite(value))
        printf("%.6g", value);
    else
        fputs("null", stdout);
}
