/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* The lines of an account's window: each has its record as data "id", the button that takes it off as data "remove", and a drop-down as data
 * "role" where it is a service of a standard account.
 * links: [{"service","role"}] or, of the portal, the ids of records. */
GtkWidget *kith_account_links_service_new (const char *id, const char *name, const char *role); /* name NULL: not here */
GtkWidget *kith_account_links_followed_new (const char *id, const char *name, const char *t);   /* t: its kind; NULL: gone */
const char *kith_account_links_kind_words (const char *t);
guint kith_account_links_role (const char *role); /* its place in the drop-down: as the account, referral_manager, care_coordinator */
GtkListBoxRow *kith_account_links_find (GtkListBox *list, const char *id); /* NULL: none */
JsonArray *kith_account_links_collect (GtkListBox *list);                  /* Yours */
JsonArray *kith_account_links_describe (GtkListBox *list);                 /* [{"id","name","role","t"}], to make the lines again. Yours */
JsonArray *kith_account_links_of_rows (GPtrArray *rows, gboolean portal);  /* as collected from untouched lines. Yours */
gboolean kith_account_links_get (JsonArray *links, const char *id, const char **role); /* FALSE: it is not among them. role: borrowed, or NULL */
/* Somebody else changed them: a line that nobody touched since before goes, or has its other role. */
void kith_account_links_follow (GtkListBox *list, JsonArray *before, JsonArray *now);

G_END_DECLS
