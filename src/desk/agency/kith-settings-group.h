/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The settings of one agency, from its field table: staged until Save, kept as a draft until then. */
#define KITH_TYPE_SETTINGS_GROUP (kith_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (KithSettingsGroup, kith_settings_group, KITH, SETTINGS_GROUP, AdwPreferencesGroup)

GtkWidget *kith_settings_group_new (KithContext *context, const char *agency);
void kith_settings_group_save (KithSettingsGroup *self);
void kith_settings_group_flush (KithSettingsGroup *self); /* the draft, now */

G_END_DECLS
