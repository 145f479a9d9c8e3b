/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Records that may be one person, found by the hub after they were registered: they come to the Inbox, and are decided on here one by one. */
#define KITH_TYPE_MATCH_FORM (kith_match_form_get_type ())
G_DECLARE_FINAL_TYPE (KithMatchForm, kith_match_form, KITH, MATCH_FORM, KithForm)

GtkWidget *kith_match_form_new (KithContext *context);

G_END_DECLS
