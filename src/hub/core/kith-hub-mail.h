/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"

G_BEGIN_DECLS

/* Mail about notices and the weekly overview of supervisors (P16, C17). The core keeps the queue, in the transaction that makes the notice, and says
 * what each mail is; whoever stands around it carries them to a server and tells how that went. A mail may go twice when the hub dies between the
 * two, never not at all: its message id stays the same. */

typedef struct
{
  gint64 id;        /* in the queue */
  char *to, *name;  /* address and name of the staff member */
  char *subject, *text; /* UTF-8; a record number and nothing of a client */
  char *key;        /* the same each time it is tried */
} KithHubMail;
void kith_hub_mail_clear (KithHubMail *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithHubMail, kith_hub_mail_clear)

typedef enum
{
  KITH_HUB_MAIL_SENT,
  KITH_HUB_MAIL_LATER,   /* the server was not there or asks to come again */
  KITH_HUB_MAIL_REFUSED, /* it will never take this one */
} KithHubMailResult;

void kith_hub_set_mails (KithHub *self, gboolean mails); /* off at first: nothing is put into the queue */
void kith_hub_set_translations (KithHub *self, const char *folder); /* of LANGUAGE/LC_MESSAGES/kith.mo: each gets mail in the language of their windows */
/* The next that is due now; what nobody wants any more (read, switched off, gone) is dropped on the way. FALSE with error: the database failed */
gboolean kith_hub_next_mail (KithHub *self, KithHubMail *mail, gboolean *any, GError **error);
gboolean kith_hub_settle_mail (KithHub *self, gint64 id, KithHubMailResult result, const char *why, GError **error);
gboolean kith_hub_revive_mail (KithHub *self, guint *n, GError **error);
gboolean kith_hub_count_mail (KithHub *self, guint *waiting, guint *dead, GError **error);

G_END_DECLS
