/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* What was taken down in a call, put right: the person, how to reach them, the words and the note of each need. Every field goes out with what its
 * author saw (record.patch); what was sent already keeps what it carried. */
#define KITH_TYPE_CONTACT_EDIT (kith_contact_edit_get_type ())
G_DECLARE_FINAL_TYPE (KithContactEdit, kith_contact_edit, KITH, CONTACT_EDIT, KithForm)

GtkWidget *kith_contact_edit_new (KithContext *context, const char *contact); /* place "edit:ID" */

G_END_DECLS
