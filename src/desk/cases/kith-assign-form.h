/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Who works with a client and on its open cases (A10): staged, shown in words, and saved as one act (A9). */
#define KITH_TYPE_ASSIGN_FORM (kith_assign_form_get_type ())
G_DECLARE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH, ASSIGN_FORM, KithForm)

GtkWidget *kith_assign_form_new (KithContext *context, const char *client);

G_END_DECLS
