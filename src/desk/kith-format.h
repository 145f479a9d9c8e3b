/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-kind.h"

G_BEGIN_DECLS

/* How names, days and codes read on a page. All results are yours. */
char *kith_format_when (gint64 ms, gint64 now_ms);          /* "14:02", "yesterday 09:10", "3 Nov", "3 Nov 2025" */
char *kith_format_moment (gint64 ms);                       /* "Fri 20 Nov, 14:05": one to come, with its hour */
char *kith_format_ago (gint64 ms, gint64 now_ms);           /* "just now", "5 min ago", "2 days ago" */
char *kith_format_time (const char *iso, gint64 now_ms);    /* kith_format_when() of a wire time; NULL gives NULL */
char *kith_format_date (const char *partial);               /* "7 Apr 1988", "Apr 1988", "1988" */
char *kith_format_day_begin (gint64 now_ms);               /* when the day that it is here began, as moments are written: "2026-11-20T05:00:00.000Z" */
char *kith_format_today (gint64 now_ms);                   /* the day it is here, as operations want it: "2026-11-20" */
char *kith_format_day_after (gint64 now_ms, guint days);   /* when the day begins here that many days on, as a wire time */
char *kith_format_day (gint64 ms);                         /* "Mon 23 Nov": one to come */
char *kith_format_birth (const char *partial, gint64 now_ms); /* "7 Apr 1988 · 38" */
gboolean kith_format_ages (const char *partial, gint64 now_ms, int *least, int *most); /* in years */
gboolean kith_format_is_child (const char *partial, gint64 now_ms); /* under 18, as far as the birth date tells */
typedef enum { KITH_DUE_NEVER, KITH_DUE_LATER, KITH_DUE_TODAY, KITH_DUE_LATE } KithDue;
KithDue kith_format_due_state (const char *date, gint64 now_ms);
char *kith_format_due (const char *date, gint64 now_ms, gboolean *late); /* "2 days left", "Due today", "Overdue by 3 days" */
char *kith_format_row_name (KithRow *row); /* of given_name, middle_name, family_name and second_family_name, as far as the row has them */
char *kith_format_name (const char *given, const char *middle, const char *family, const char *second_family, const char *described_as);
char *kith_format_client_name (JsonObject *body);
char *kith_format_phone (const char *number); /* "(619) 555-0142"; what is no plain national number stays as it was typed */
char *kith_format_phones (JsonObject *body, const char *separator); /* "(619) 555-0142 (Home, safe to call, not safe to text): after six"; NULL when none */
char *kith_format_languages (JsonObject *body);             /* "Spanish, English, needs an interpreter"; NULL when none */
char *kith_format_field (const KithField *field, JsonNode *value); /* any field as one or several lines; NULL: nothing to show */
char *kith_format_masked (const char *number); /* its end alone; NULL stays NULL. Yours */
char *kith_format_address (JsonObject *address);
char *kith_format_distance (gint64 metres, gboolean miles);
gboolean kith_format_counts_miles (void);
gboolean kith_format_is_miles (int measurement, const char *locale);
char *kith_format_email (JsonObject *body); /* "ana@example.org (not safe to send email)"; NULL when there is none */
char *kith_format_home (JsonObject *address); /* a person's: "12 Oak St, City 92101 (Mail only, not safe to send letters): ask at the desk" */
char *kith_format_codes (const char *vocabulary, JsonArray *codes, const char *separator);
char *kith_format_strings (JsonArray *strings, const char *separator);
char *kith_format_done (const char *done, const char *about);   /* "Case closed: María López"; about: a name, a thing; NULL or "": without */
const char *kith_format_agency (const char *name, const char *agency); /* borrowed; an agency's name, or what "network" reads; NULL: none known */
const char *kith_format_status (const char *phase, const char *status); /* borrowed; of a referral: what its queue calls it, else its phase; "" for none */
const char *kith_format_referral_status (KithRow *row);     /* the same of a row with phase and, where its query has it, status */
const char *kith_format_code (const char *vocabulary, const char *code); /* borrowed; "" for NULL */
#define kith_format_reason(list, code, words) ((words) ? (words) : kith_format_code (list, code)) /* words: the network's for it, or NULL (domain.md 2f) */

/* kith-format-direction.c */
char *kith_format_join_parts (const char *const *parts, gsize n);
#define kith_format_join(...) kith_format_join_parts ((const char *const[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const char *const[]) { __VA_ARGS__ })))
char *kith_format_digits (const char *text);

/* A column of a row, or, where the query brought the whole body, the member of that name. Borrowed. */
const char *kith_row_field (KithRow *row, const char *name);
JsonObject *kith_row_body (KithRow *row, const char *column); /* parsed once per row; NULL when absent. Borrowed */

G_END_DECLS
