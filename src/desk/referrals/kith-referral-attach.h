/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* The files that go with a referral: new ones, or copies of the client's documents. A copy is a file of its own: it opens no other (P11, U10).
 * Signal "changed": one was added or taken off. */
#define KITH_TYPE_REFERRAL_ATTACH (kith_referral_attach_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralAttach, kith_referral_attach, KITH, REFERRAL_ATTACH, AdwBin)

GtkWidget *kith_referral_attach_new (KithContext *context, const char *client); /* client NULL: without a record */
void kith_referral_attach_add (KithReferralAttach *self, GFile *file);          /* looks at it first; a problem is said */
gboolean kith_referral_attach_has_health (KithReferralAttach *self);            /* one of them holds health information */
gboolean kith_referral_attach_keeps (KithReferralAttach *self, const char *document); /* attached before, and not taken off */
JsonArray *kith_referral_attach_draft (KithReferralAttach *self);               /* yours; NULL: none */
void kith_referral_attach_restore (KithReferralAttach *self, JsonArray *draft);

/* Before the referral is sent: keeps all of them, as steps that attach them (element-type KithStoreStep); the error names the first that cannot be.
 * What is not sent then is dropped. */
void kith_referral_attach_keep_async (KithReferralAttach *self, const char *referral, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *kith_referral_attach_keep_finish (KithReferralAttach *self, GAsyncResult *result, GError **error);
void kith_referral_attach_drop_kept (KithReferralAttach *self);

G_END_DECLS
