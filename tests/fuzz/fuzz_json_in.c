/* SPDX-License-Identifier: MIT */
/* Any bytes as a line of JSON, as the tool reads gold: a tree that can be walked, or a place. */
#include "invariants.h"

#include "json_in.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_string(cxm_str text) {
    volatile size_t sum = 0;
    for (size_t i = 0; i < text.len; i++) /* a sanitizer sees what lies outside */
        sum += (unsigned char)text.ptr[i];
    (void)sum;
}

/* Every value is met once, its keys and texts can be read. */
static size_t walk(const cli_json_value *value, size_t depth) {
    size_t count = 1;
    require(depth <= CLI_JSON_MAX_DEPTH);
    check_string(value->key);
    check_string(value->text);
    for (const cli_json_value *at = cli_json_first(value); at; at = cli_json_next(value, at))
        count += walk(at, depth + 1);
    require(count == value->span);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cli_json json = {0};
    cxm_str bytes = {size ? (const char *)data : "", size};
    size_t column;
    for (int round = 0; round < 2; round++) { /* the same tree, used again */
        const char *wrong = cli_json_parse(&json, bytes, &column);
        if (wrong)
            require(column >= 1 && column <= size + 1);
        else
            require(walk(json.values, 0) == json.count);
        if (!wrong)
            cli_json_member(json.values, "text");
    }
    cli_json_clear(&json);
    return 0;
}
