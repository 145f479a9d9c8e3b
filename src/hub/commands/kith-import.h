/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-reader.h"
#include "kith-console.h"
#include "kith-reader.h"

G_BEGIN_DECLS

/* Takes what a reader yields into the hub, in batches of operations under one import record: where it stopped it goes on, and run again
 * it doubles nothing, because ids follow from the source and its ids. Between two batches a hub that serves answers its desks. */
typedef struct
{
  guint64 taken, unchanged, refused; /* rows; refused by the reader or by the hub */
  guint64 differs;    /* people who are here already, of whom the list says something else: left as they are, and told */
  gboolean continued; /* went on from an earlier run */
  gboolean dry;       /* nothing was taken: so many would be */
} KithImportCounts;

typedef void (*KithImportProgress) (double done, const KithImportCounts *counts, gpointer user_data);

/* agency: whose import it is, NULL for the network's (a directory). source: what it is called in reports and ids. What was refused by the hub, and what
 * differs, is added to the reader's problems. */
gboolean kith_import_run (const KithConsole *console, KithReader *reader, const char *agency, const char *source, const char *format,
                          KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error);
/* An agency's clients: what kith_import_run() would do, and nothing done. */
gboolean kith_import_try (KithHub *hub, KithReader *reader, KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error);

/* An agency's clients. today: of the clock; where a run of the same file was cut off on another day, it goes on as of that day, or what was in the
 * future then would count anew. */
KithReader *kith_import_open_clients (KithHub *hub, const KithClientReaderOptions *options, GError **error);

/* The report, as text or as one JSON object {"source","taken","unchanged","differs","refused","problems":{…}}. */
char *kith_import_report (KithReader *reader, const char *source, const KithImportCounts *counts, gboolean json);

/* ---- what is here already */

typedef enum
{
  KITH_IMPORT_NEW,
  KITH_IMPORT_SAME,
  KITH_IMPORT_DIFFERS,
} KithImportHere;

/* args: of client.import. before: NULL where the list has ids of its own; else also whoever came from it under the same name and birth date before that
 * time is the same person. fields: (element-type utf8): takes what differs (static names), none where the row as a whole does. */
gboolean kith_import_look (KithHub *hub, JsonObject *args, const char *before, KithImportHere *here, GPtrArray *fields, GError **error);

/* A list that comes under a name nobody knows, and holds what came under another: FALSE, with words of what to do. reader: read for it. */
gboolean kith_import_check_source (KithHub *hub, KithReader *reader, const char *agency, const char *source, GError **error);

/* The lists an agency's clients came from, NULL: the network's. (element-type KithRecord) */
GPtrArray *kith_import_list (KithHub *hub, const char *agency, GError **error);

G_END_DECLS
