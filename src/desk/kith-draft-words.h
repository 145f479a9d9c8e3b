/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a draft is, by the key it is kept under (kith_draft_new()): one table for My Day and for what could not be sent. */
gboolean kith_draft_is_aside (const char *key);   /* put aside: something else stands under its key */
const char *kith_draft_key (const char *key);     /* without that: the form's */
const char *kith_draft_title (const char *key); /* "A case note", translated; NULL: not known */
const char *kith_draft_of (const char *key);    /* the kind, or the operation (with a point in it), whose fields it has; NULL: not known */
const char *kith_draft_op (const char *key);    /* the operation it was to be, by its name; "draft": not known */
const char *kith_draft_nth_key (guint i);       /* those that have a name, or begin as it says; NULL: there are no more */

G_END_DECLS
