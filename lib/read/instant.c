/* SPDX-License-Identifier: MIT */
/* Points in time and lengths of time as ISO 8601 and its relatives write them. */
#include "base/str.h"
#include "read/clock.h"

#include <stdio.h>

enum { SECONDS_A_DAY = 86400 };

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
static int64_t days_of(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The date so many days behind 1970-01-01. */
static void date_of(int64_t days, int *year, int *month, int *day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static bool take(cxm_str *text, char c) {
    if (text->len == 0 || text->ptr[0] != c)
        return false;
    *text = cxm_str_slice(*text, 1, text->len);
    return true;
}

/* Exactly so many digits. */
static bool take_digits(cxm_str *text, size_t count, int *value) {
    if (text->len < count)
        return false;
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (!cxm_is_digit(text->ptr[i]))
            return false;
        *value = *value * 10 + (text->ptr[i] - '0');
    }
    *text = cxm_str_slice(*text, count, text->len);
    return true;
}

/* ".5" or ",5"; nothing is 0. */
static double take_fraction(cxm_str *text) {
    double value = 0;
    double scale = 1;
    if (text->len < 2 || (text->ptr[0] != '.' && text->ptr[0] != ',') ||
        !cxm_is_digit(text->ptr[1]))
        return 0;
    *text = cxm_str_slice(*text, 1, text->len);
    for (; text->len && cxm_is_digit(text->ptr[0]); *text = cxm_str_slice(*text, 1, text->len)) {
        if (scale >= 1e12)
            continue;
        value = value * 10 + (text->ptr[0] - '0');
        scale *= 10;
    }
    return value / scale;
}

static bool take_date(cxm_str *text, int64_t *days) {
    int year;
    int month;
    int day;
    if (!take_digits(text, 4, &year))
        return false;
    char separator = text->len && text->ptr[0] == '/' ? '/' : '-';
    if (!take(text, separator) || !take_digits(text, 2, &month) || !take(text, separator) ||
        !take_digits(text, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *days = days_of(year, month, day);
    return true;
}

static bool take_time(cxm_str *text, double *seconds) {
    int hour;
    int minute;
    int second = 0;
    if (!take_digits(text, 2, &hour) || !take(text, ':') || !take_digits(text, 2, &minute))
        return false;
    if (take(text, ':') && !take_digits(text, 2, &second))
        return false;
    if (hour > 24 || minute > 59 || second > 60)
        return false;
    *seconds = hour * 3600 + minute * 60 + second + take_fraction(text);
    return true;
}

/* "Z", "UTC", "+02:00", "+0200", "+02", with a blank before it or not; nothing is UTC. */
static bool take_zone(cxm_str *text, double *seconds) {
    int hours;
    int minutes = 0;
    *seconds = 0;
    take(text, ' ');
    if (text->len == 0 || take(text, 'Z') || take(text, 'z'))
        return true;
    if (cxm_str_is(*text, "UTC") || cxm_str_is(*text, "GMT")) {
        text->len = 0;
        return true;
    }
    bool is_west = text->ptr[0] == '-';
    if (!take(text, '+') && !take(text, '-'))
        return false;
    if (!take_digits(text, 2, &hours))
        return false;
    take(text, ':');
    if (text->len && !take_digits(text, 2, &minutes))
        return false;
    *seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return hours < 24 && minutes < 60;
}

bool cxm_instant_parse(cxm_str text, double *epoch) {
    int64_t days;
    double time = 0;
    double zone = 0;
    text = cxm_str_trim(text);
    if (!take_date(&text, &days))
        return false;
    if (text.len) {
        if (!take(&text, 'T') && !take(&text, 't') && !take(&text, ' '))
            return false;
        if (!take_time(&text, &time) || !take_zone(&text, &zone) || text.len)
            return false;
    }
    *epoch = (double)days * SECONDS_A_DAY + time - zone;
    return true;
}

/* A number of a duration: "1", "0.07". */
static bool take_number(cxm_str *text, double *value) {
    enum { MOST = 15 };
    size_t digits = 0;
    *value = 0;
    for (; text->len && cxm_is_digit(text->ptr[0]); *text = cxm_str_slice(*text, 1, text->len)) {
        if (++digits > MOST)
            return false;
        *value = *value * 10 + (text->ptr[0] - '0');
    }
    *value += take_fraction(text);
    return digits > 0;
}

/* "PT1H2M3.5S", "P1DT2H": months and years have no length. */
static bool parse_iso_duration(cxm_str text, double *seconds) {
    double units[4] = {SECONDS_A_DAY, 3600, 60, 1};
    static const char letters[] = "DHMS";
    size_t least = 0;
    bool any = false;
    *seconds = 0;
    while (text.len) {
        double value;
        if (least < 1 && take(&text, 'T'))
            least = 1;
        if (!take_number(&text, &value) || text.len == 0)
            return false;
        const char *letter = memchr(letters, text.ptr[0], sizeof letters - 1);
        if (!letter || (size_t)(letter - letters) < least || (letter > letters && least == 0))
            return false;
        *seconds += value * units[letter - letters];
        least = (size_t)(letter - letters) + (letter > letters);
        any = true;
        text = cxm_str_slice(text, 1, text.len);
    }
    return any;
}

bool cxm_duration_parse(cxm_str text, double *seconds) {
    text = cxm_str_trim(text);
    if (take(&text, 'P'))
        return parse_iso_duration(text, seconds);
    return take_number(&text, seconds) && text.len == 1 && text.ptr[0] == 's';
}

cxm_str cxm_instant_write(double epoch, char *out) {
    enum { SIZE = CXM_INSTANT_BYTES };
    static const double latest = 253402300799.0; /* of the year 9999 */
    int year;
    int month;
    int day;
    if (!(epoch >= 0) || epoch > latest)
        return (cxm_str){NULL, 0};
    int64_t ms = (int64_t)(epoch * 1000 + 0.5);
    int64_t second = ms / 1000;
    int in_day = (int)(second % SECONDS_A_DAY);
    date_of(second / SECONDS_A_DAY, &year, &month, &day);
    int len = snprintf(out, SIZE, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, in_day / 3600,
                       in_day / 60 % 60, in_day % 60);
    if (ms % 1000)
        len += snprintf(out + len, (size_t)(SIZE - len), ".%03d", (int)(ms % 1000));
    len += snprintf(out + len, (size_t)(SIZE - len), "Z");
    return (cxm_str){out, (size_t)len};
}

cxm_str cxm_seconds_write(double seconds, char *out, size_t size) {
    int64_t ms = (int64_t)(seconds * 1000 + 0.5);
    int len = snprintf(out, size, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
    while (len > 0 && out[len - 1] == '0')
        len--;
    if (len > 0 && out[len - 1] == '.')
        len--;
    return (cxm_str){out, (size_t)len};
}
