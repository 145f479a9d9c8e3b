/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Where one writes on a referral: a message both agencies see, a private note, or a contact with the client. What is being written
 * survives a lock. Signal "closed". */
typedef enum { KITH_COMPOSE_NOTE, KITH_COMPOSE_PRIVATE, KITH_COMPOSE_CONTACT } KithCompose;

#define KITH_TYPE_COMPOSER (kith_composer_get_type ())
G_DECLARE_FINAL_TYPE (KithComposer, kith_composer, KITH, COMPOSER, AdwBin)

GtkWidget *kith_composer_new (KithContext *context, const char *referral, KithCompose what);
KithCompose kith_composer_get_what (KithComposer *self);
void kith_composer_warn (KithComposer *self, gboolean no_contact); /* C16 */
void kith_composer_flush (KithComposer *self);

G_END_DECLS
