/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* "Balance": who could take over whom, to be looked through, unticked and applied as one act that can be taken back as one. */
#define KITH_TYPE_BALANCE_FORM (kith_balance_form_get_type ())
G_DECLARE_FINAL_TYPE (KithBalanceForm, kith_balance_form, KITH, BALANCE_FORM, KithForm)

GtkWidget *kith_balance_form_new (KithContext *context);

G_END_DECLS
