/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Several operations of one Save, each at the hub and at once: the next goes when the one before was taken, and the first that is not
 * ends it. What was taken stays taken. */
typedef struct _KithAccountChanges KithAccountChanges;

KithAccountChanges *kith_account_changes_new (void);
void kith_account_changes_add (KithAccountChanges *self, const char *op, JsonObject *args); /* args: transfer full */
guint kith_account_changes_size (KithAccountChanges *self);
/* self: transfer full. The task's source is the context; it returns a boolean. */
void kith_account_changes_submit (KithAccountChanges *self, KithContext *context, GAsyncReadyCallback callback, gpointer user_data);
void kith_account_changes_free (KithAccountChanges *self);

/* What of a standard account differs from before (a body) and the services it has, or of one of the portal; after: the members of the form,
 * links: [{"service","role"}] or, of the portal, the ids of records. Yours */
KithAccountChanges *kith_account_changes_of_standard (const char *staff, JsonObject *before, JsonArray *links_before, JsonObject *after, JsonArray *links);
KithAccountChanges *kith_account_changes_of_portal (const char *staff, JsonObject *before, JsonArray *links_before, JsonObject *after, JsonArray *links);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithAccountChanges, kith_account_changes_free)

G_END_DECLS
