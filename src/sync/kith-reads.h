/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Who could not read what they show, so that it is said once for all of them and read again by all of them. Main thread only. */
typedef struct _KithReads KithReads;

typedef void (*KithReadAgain) (gpointer reader);

KithReads *kith_reads_new (GObject *owner, const char *property); /* property: of owner, notified when kith_reads_any_failed () changes; static */
void kith_reads_free (KithReads *self);
void kith_reads_tell (KithReads *self, gpointer reader, const GError *error, KithReadAgain again);
gboolean kith_reads_any_failed (KithReads *self);
void kith_reads_again (KithReads *self);
void kith_reads_forget (KithReads *self);
gboolean kith_read_failed (const GError *error); /* FALSE also for what was called off: another question is under way, or Kith is locked */

/* kinds: whose changes somebody shows; changed: of KithDesktop's signal, none named or NULL: everything. */
gboolean kith_reads_concern (const char *const *kinds, const char *const *changed);

G_END_DECLS
