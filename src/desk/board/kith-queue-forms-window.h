/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* Which forms of calls a queue has (P2): one that another queue has is asked in this one too, or not any more; a new one is made. */
#define KITH_TYPE_QUEUE_FORMS_WINDOW (kith_queue_forms_window_get_type ())
G_DECLARE_FINAL_TYPE (KithQueueFormsWindow, kith_queue_forms_window, KITH, QUEUE_FORMS_WINDOW, AdwWindow)

GtkWidget *kith_queue_forms_window_new (GtkWindow *parent, KithContext *context, const char *queue, const char *name);

/* As soon as the forms are read: the window in which that one is changed, also one that is not asked here; form: its id, or "new": for a new one. */
void kith_queue_forms_window_open (KithQueueFormsWindow *self, const char *form);

G_END_DECLS
