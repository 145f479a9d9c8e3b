/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-reader.h"
#include "kith-hub.h"
#include "kith-reader.h"

G_BEGIN_DECLS

/* Takes what a reader yields into the hub, in batches of operations under one import record: where it stopped it goes on, and run again
 * it doubles nothing, because ids follow from the source and its ids. */
typedef struct
{
  guint64 taken, unchanged, refused; /* rows; refused by the reader or by the hub */
  gboolean continued; /* went on from an earlier run */
} KithImportCounts;

typedef void (*KithImportProgress) (double done, const KithImportCounts *counts, gpointer user_data);

/* agency: whose import it is, NULL for the network's (a directory). source: what it is called in reports and ids. What was refused by the hub is added
 * to the reader's problems. */
gboolean kith_import_run (KithHub *hub, KithReader *reader, const char *agency, const char *source, const char *format,
                          KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error);

/* An agency's clients. today: of the clock; where a run of the same file was cut off on another day, it goes on as of that day, or what was in the
 * future then would count anew. */
KithReader *kith_import_open_clients (KithHub *hub, const KithClientReaderOptions *options, GError **error);

/* The report, as text or as one JSON object {"taken","unchanged","refused","problems":{…}}. */
char *kith_import_report (KithReader *reader, const KithImportCounts *counts, gboolean json);

G_END_DECLS
