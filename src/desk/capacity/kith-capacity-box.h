/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What a service says of its free places, as a partner reads it: the number with its age, for whom, the note. Hidden where none is counted. */
#define KITH_TYPE_CAPACITY_BOX (kith_capacity_box_get_type ())
G_DECLARE_FINAL_TYPE (KithCapacityBox, kith_capacity_box, KITH, CAPACITY_BOX, GtkBox)

void kith_capacity_box_set_service (KithCapacityBox *self, KithContext *context, const char *service); /* NULL: none */

G_END_DECLS
