/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* With whom a client lives who is being registered: somebody who is here, found while one types, and the relation to the head of that household. One household,
 * or none. Signals: "changed"; "take-over": a JsonObject with what is taken over of who was chosen: the address and the languages, as far as there are any, or
 * the family name. */
#define KITH_TYPE_HOUSEHOLD_ROWS (kith_household_rows_get_type ())
G_DECLARE_FINAL_TYPE (KithHouseholdRows, kith_household_rows, KITH, HOUSEHOLD_ROWS, AdwBin)

GtkWidget *kith_household_rows_new (KithContext *context);
void kith_household_rows_set_with (KithHouseholdRows *self, const char *client); /* NULL: nobody is chosen */
const char *kith_household_rows_get_with (KithHouseholdRows *self);
JsonObject *kith_household_rows_join (KithHouseholdRows *self, const char *client); /* arguments of household.join; NULL: they live with nobody who is here. Yours */
gboolean kith_household_rows_is_said (KithHouseholdRows *self); /* somebody is chosen, and the relation */
char *kith_household_rows_problem (KithHouseholdRows *self); /* NULL: none; else words, and the row has the focus. Yours */
JsonObject *kith_household_rows_draft (KithHouseholdRows *self); /* Yours */
void kith_household_rows_restore (KithHouseholdRows *self, JsonObject *draft); /* NULL: empty */

G_END_DECLS
