/* SPDX-License-Identifier: MIT */
#include "read/clock.h"

#include "base/str.h"

/* Digits at `*at`, at most `most` of them; how many there were. More than `most` count as none. */
static size_t scan_digits(cxm_str text, size_t *at, size_t most, double *value) {
    size_t start = *at;
    *value = 0;
    while (*at < text.len && cxm_is_digit(text.ptr[*at]) && *at - start <= most)
        *value = *value * 10 + (text.ptr[(*at)++] - '0');
    return *at - start <= most ? *at - start : 0;
}

/* A fraction (".5", ",500") at `*at`, if there is one: `whole` with it, rounded once, so that a
 * clock time and the decimal number for it are the same. */
static double add_fraction(double whole, cxm_str text, size_t *at, size_t most, bool comma) {
    if (*at + 1 >= text.len || !cxm_is_digit(text.ptr[*at + 1]))
        return whole;
    if (text.ptr[*at] != '.' && !(comma && text.ptr[*at] == ','))
        return whole;
    size_t behind = *at + 1;
    double value;
    size_t digits = scan_digits(text, &behind, most, &value);
    if (digits == 0)
        return whole;
    *at = behind;
    double scale = 1;
    for (; digits > 0; digits--)
        scale *= 10;
    return (whole * scale + value) / scale;
}

static bool ends_clock(cxm_str text, size_t at) {
    if (at >= text.len)
        return true;
    char c = text.ptr[at];
    char lower = cxm_ascii_lower(c);
    if (cxm_is_digit(c) || (lower >= 'a' && lower <= 'z'))
        return false;
    return c != ':' || at + 1 >= text.len || !cxm_is_digit(text.ptr[at + 1]);
}

size_t cxm_clock_scan(cxm_str text, double *seconds) {
    enum { MOST_FIRST = 4, MOST_FRACTION = 9 };
    double parts[3];
    size_t at = 0;
    size_t count = 0;
    for (;;) {
        size_t digits = scan_digits(text, &at, count ? 2 : MOST_FIRST, &parts[count]);
        if (digits == 0 || (count > 0 && (digits != 2 || parts[count] >= 60)))
            return 0;
        count++;
        if (count == 3 || at >= text.len || text.ptr[at] != ':' || at + 1 >= text.len ||
            !cxm_is_digit(text.ptr[at + 1]))
            break;
        at++;
    }
    if (count < 2)
        return 0;
    double value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 60 + parts[i];
    value = add_fraction(value, text, &at, MOST_FRACTION, true);
    if (!ends_clock(text, at))
        return 0;
    *seconds = value;
    return at;
}

bool cxm_seconds_parse(cxm_str text, double *seconds) {
    enum { MOST_WHOLE = 15, MOST_FRACTION = 15 };
    text = cxm_str_trim(text);
    if (text.len && cxm_clock_scan(text, seconds) == text.len)
        return true;
    size_t at = 0;
    double value;
    if (scan_digits(text, &at, MOST_WHOLE, &value) == 0)
        return false;
    value = add_fraction(value, text, &at, MOST_FRACTION, false);
    if (at != text.len)
        return false;
    *seconds = value;
    return true;
}
