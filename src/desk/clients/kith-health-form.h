/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Changes a client's health information: rows from the kind's own field table. Its draft goes with the right to see it. */
#define KITH_TYPE_HEALTH_FORM (kith_health_form_get_type ())
G_DECLARE_FINAL_TYPE (KithHealthForm, kith_health_form, KITH, HEALTH_FORM, KithForm)

GtkWidget *kith_health_form_new (KithContext *context, const char *client);

G_END_DECLS
