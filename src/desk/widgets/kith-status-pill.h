/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-format.h"

G_BEGIN_DECLS

/* A word with a glyph and a tint: state is never told by colour alone. */
#define KITH_TYPE_STATUS_PILL (kith_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (KithStatusPill, kith_status_pill, KITH, STATUS_PILL, GtkWidget)

GtkWidget *kith_status_pill_new (void);
GtkWidget *kith_status_pill_new_for (const char *icon_name, const char *text, const char *tone); /* as kith_status_pill_set() */
/* tone: "accent", "good", "warn", "bad" or "" (grey); text NULL hides the pill. */
void kith_status_pill_set (KithStatusPill *self, const char *icon_name, const char *text, const char *tone);
void kith_status_pill_set_status (KithStatusPill *self, const char *phase, const char *status); /* of a referral (kith_format_status); phase NULL hides it */
/* A day by which something is to be done: what is late, of today and later differ by word, glyph and tint. date NULL hides it. */
void kith_status_pill_set_due (KithStatusPill *self, const char *date, gint64 now_ms);
const char *kith_due_icon (KithDue due);
const char *kith_due_tone (KithDue due);
const char *kith_phase_icon (const char *phase);
const char *kith_phase_tone (const char *phase);

G_END_DECLS
