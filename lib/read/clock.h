/* SPDX-License-Identifier: MIT */
/* Times as people and exports write them. Never asks the locale. */
#ifndef CXM_READ_CLOCK_H
#define CXM_READ_CLOCK_H

#include <cxmine/base.h>

/*
 * A clock time at the start of `text`: "0:03", "01:14", "1:02:03", with an optional fraction behind
 * a point or comma. *seconds is set, and the bytes used are returned; 0 where there is none. A
 * clock time is not followed by a digit, a letter, or a colon with a digit.
 */
size_t cxm_clock_scan(cxm_str text, double *seconds);

/*
 * The same, or a time of the day: with "AM" or "PM" behind it, or with a date before it, of which
 * nothing is kept ("10:30 AM", "25.04.2025, 10:30:05", "2025-04-25 10:30"). *is_of_day says whether
 * it is surely one.
 */
size_t cxm_day_time_scan(cxm_str text, double *seconds, bool *is_of_day);

/* Seconds as a decimal number ("12.5") or a clock time; nothing else may stand in `text`. */
bool cxm_seconds_parse(cxm_str text, double *seconds);

enum { CXM_INSTANT_BYTES = 64 };

/* A date, or a date and time, as "2026-01-15T10:00:03.5Z", "2026-01-15 10:00:03+0100" or
 * "2026/01/15"; without a zone in UTC. In seconds since 1970. */
bool cxm_instant_parse(cxm_str text, double *epoch);

/* "2026-01-15T10:00:03Z", with thousandths where there are any, in a buffer of CXM_INSTANT_BYTES;
 * empty where the years have not four digits. */
cxm_str cxm_instant_write(double epoch, char *out);

/* A length of time: "PT1H2M3.5S", "1.2s". */
bool cxm_duration_parse(cxm_str text, double *seconds);

/* Seconds as a plain decimal number, with thousandths where there are any, in a buffer of 32 bytes
 * or more. For 0 to 10^9 seconds. */
cxm_str cxm_seconds_write(double seconds, char *out, size_t size);

#endif
