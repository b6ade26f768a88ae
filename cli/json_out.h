/* SPDX-License-Identifier: MIT */
/* JSON on stdout. */
#ifndef CXM_CLI_JSON_OUT_H
#define CXM_CLI_JSON_OUT_H

#include <cxmine.h>

/* Prints a string with its quotes; what is no UTF-8 comes out as U+FFFD. */
void cli_json_string(cxm_str text);

/* Prints `"key": ` in front of a value, with a comma before it unless it is the first. `first` is
 * cleared. */
void cli_json_key(bool *first, const char *key);

/* Prints a number; null where it is none. */
void cli_json_number(double value);

#endif
