/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-id.h"
#include "kith-json.h"
#include "kith-store.h"
#include "kith-test.h"

G_BEGIN_DECLS

/* A store of one staff member of one agency, and pages and answers as a hub would write them. */

#define EPOCH "7c000000-0000-4000-8000-000000000001"
#define AGENCY_A "0197a000-0000-7000-8000-00000000000a"
#define AGENCY_B "0197a000-0000-7000-8000-00000000000b"
#define USER_U "0197b000-0000-7000-8000-000000000001"
#define CLIENT_C "0197c000-0000-7000-8000-000000000001"
#define CLIENT_D "0197c000-0000-7000-8000-000000000002"
#define CLIENT_X "0197c000-0000-7000-8000-00000000000f" /* not ours */
#define REFERRAL_R "0197d000-0000-7000-8000-000000000001"
#define SERVICE_S "0197e000-0000-7000-8000-000000000001"

/* Scope numbers of the made-up hub. */
enum { SID_DIR = 1, SID_AGENCY, SID_USER, SID_CLIENT_C, SID_CLIENT_D, SID_REFERRAL, SID_DETAIL, SID_CARE_C };

typedef struct
{
  KithTestDir *dir; /* NULL: in memory */
  char *path;
  KithManualClock *clock;
  KithRandom *random;
  KithStore *store;
} Fixture;

void fixture_set_up (Fixture *f, gconstpointer on_disk); /* signed in, nothing pulled */
void fixture_tear_down (Fixture *f, gconstpointer data);
void fixture_verify_equal (Fixture *f); /* the hub answers with the sums of what is here */
void fixture_reopen (Fixture *f);                         /* closes and opens the file again; on disk only */
void fixture_fill (Fixture *f);                           /* the first fill: directory, agency, staff, clients C and D, a referral sent to A */

/* A page under way: lines are added, then it is applied. */
typedef struct
{
  GString *text;
  int serial;
} Page;

Page *page_new (gint64 H, gint64 round);
Page *page_new_of_schema (gint64 H, gint64 round, gint64 schema); /* of a hub of that schema (kith-protocol.h) */
Page *page_new_of (const char *epoch, gint64 H, gint64 round, gint64 last_n);
void page_line (Page *page, const char *format, ...) G_GNUC_PRINTF (2, 3); /* ' stands for " */
void page_scope (Page *page, gint64 sid, const char *name);
void page_put (Page *page, const char *kind, const char *id, gint64 sid, gint64 q, const char *body); /* body: ' for " */
void page_gone (Page *page, const char *kind, const char *id, gint64 sid, gint64 q);
void page_filled (Page *page, gint64 sid, gint64 round);
void page_end (Page *page, const char *cursor, gboolean more);
GBytes *page_bytes (Page *page);        /* frees the page */
void page_apply (Fixture *f, Page *page); /* must succeed; frees the page */
gboolean page_apply_text (Fixture *f, const char *text, GError **error); /* a page as it is written here; ' for " */
/* Looks at every byte of the database and of its write-ahead log for a text: no table, index, shadow, free page or old frame may hold what
 * was forgotten (I6). On disk only. */
gboolean fixture_file_has (Fixture *f, const char *needle);

JsonObject *json (const char *text);    /* ' stands for " */
char *submit (Fixture *f, const char *op, const char *args); /* must be taken; the operation's id */
char *column_texts (Fixture *f, const char *query, int col, const char *a, const char *b); /* yours */
void assert_column (Fixture *f, const char *query, int col, const char *a, const char *b, const char *expected); /* one space between; "-" for nothing */
char *email_of (Fixture *f, const char *client);             /* email field of a client, as the tables show it */
gint64 count (Fixture *f, const char *sql);
JsonObject *push (Fixture *f, guint *n_ops);                  /* the next push: {"h":…,"ops":[…]}; NULL: nothing */
JsonObject *op_at (JsonObject *sent, guint i);                /* one of its operations; borrowed */
void answer (Fixture *f, const char *lines);                  /* a push answer, without its end; ' for " */
void finish_one (Fixture *f);                                  /* client C gets another address: sent, and through */

G_END_DECLS
