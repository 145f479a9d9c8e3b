/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* The questions a service or a queue asks of those who refer to it (form.put): their words, how they are answered, which must be. */
#define KITH_TYPE_FORM_WINDOW (kith_form_window_get_type ())
G_DECLARE_FINAL_TYPE (KithFormWindow, kith_form_window, KITH, FORM_WINDOW, AdwWindow)

/* use: "service" or "queue", of which record. name: what it is called, for the title. */
GtkWidget *kith_form_window_new (GtkWindow *parent, KithContext *context, const char *use, const char *record, const char *name);

/* What is asked of calls that go into a queue (P2). form: NULL: a new one, asked in this queue alone; called: what that is called to begin with. */
GtkWidget *kith_form_window_new_of_calls (GtkWindow *parent, KithContext *context, const char *queue, const char *queue_name, const char *form, const char *called);

/* Does this person write the questions of a service of that agency? The rule of form.put, for showing the way there. */
gboolean kith_form_window_may (KithContext *context, const char *agency);

G_END_DECLS
