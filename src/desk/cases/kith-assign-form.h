/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Assigned Staff of one client (A10): on the left who works with the client, on the right each open case. All changes are staged until Save
 * (A9), which says before what it will do; after it the page stays, to be checked. */
#define KITH_TYPE_ASSIGN_FORM (kith_assign_form_get_type ())
G_DECLARE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH, ASSIGN_FORM, KithForm)

GtkWidget *kith_assign_form_new (KithContext *context, const char *client, const char *case_id); /* case_id: where one begins to type; NULL: at the client */

G_END_DECLS
