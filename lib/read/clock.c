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

/* The length of a clock time, whatever comes behind it. */
static size_t clock_len(cxm_str text, double *seconds) {
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
    *seconds = value;
    return at;
}

size_t cxm_clock_scan(cxm_str text, double *seconds) {
    double value;
    size_t len = clock_len(text, &value);
    if (len == 0 || !ends_clock(text, len))
        return 0;
    *seconds = value;
    return len;
}

/* "AM", "p.m." at the start of a text, behind a blank or not; the bytes used, or 0. */
static size_t scan_half_day(cxm_str text, bool *is_second) {
    size_t at = text.len && text.ptr[0] == ' ' ? 1 : 0;
    if (at >= text.len)
        return 0;
    char first = cxm_ascii_lower(text.ptr[at++]);
    bool has_point = at < text.len && text.ptr[at] == '.';
    at += has_point;
    if ((first != 'a' && first != 'p') || at >= text.len || cxm_ascii_lower(text.ptr[at]) != 'm')
        return 0;
    at++;
    at += has_point && at < text.len && text.ptr[at] == '.';
    *is_second = first == 'p';
    return at < text.len && cxm_is_letter(text.ptr[at]) ? 0 : at;
}

/* "25.04.2025", "04/25/2025", "2025-04-25", with what parts it from a time; the bytes used, or 0.
 */
static size_t scan_date(cxm_str text) {
    enum { SHORTEST = 6, LONGEST = 10 };
    size_t at = 0;
    size_t parts = 0;
    while (at < text.len && (cxm_is_digit(text.ptr[at]) || memchr("/.-", text.ptr[at], 3)))
        parts += !cxm_is_digit(text.ptr[at++]);
    if (parts != 2 || at < SHORTEST || at > LONGEST || at >= text.len)
        return 0;
    size_t end = at;
    while (at < text.len && (text.ptr[at] == ',' || text.ptr[at] == ' ' || text.ptr[at] == 'T'))
        at++;
    return at > end ? at : 0;
}

/* Hours and minutes that have been read as minutes and seconds, where there are but two parts. */
static double as_hours(cxm_str written, double seconds) {
    size_t colons = 0;
    for (size_t i = 0; i < written.len; i++)
        colons += written.ptr[i] == ':';
    return colons == 1 ? seconds * 60 : seconds;
}

size_t cxm_day_time_scan(cxm_str text, double *seconds, bool *is_of_day) {
    enum { HALF_DAY = 43200, HOUR = 3600, DAY = 86400 };
    size_t date = scan_date(text);
    cxm_str clock = cxm_str_slice(text, date, text.len);
    size_t len = clock_len(clock, seconds);
    bool is_second = false;
    size_t half = len ? scan_half_day(cxm_str_slice(clock, len, clock.len), &is_second) : 0;
    bool has_zone = date && len && len < clock.len && clock.ptr[len] == 'Z';
    *is_of_day = date || half;
    if (len == 0 || !(half || ends_clock(clock, len + has_zone)))
        return 0;
    if (!*is_of_day)
        return len;
    double value = as_hours(cxm_str_slice(clock, 0, len), *seconds);
    if (half && value >= HALF_DAY + HOUR)
        return 0;
    if (half)
        value += (value >= HALF_DAY ? -HALF_DAY : 0) + (is_second ? HALF_DAY : 0);
    *seconds = value;
    return value < DAY ? date + len + half + has_zone : 0;
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
