/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a client's files, as actions of the clients' page: client.attach, .open-document, .save-document, .remove-document. */
void kith_document_actions_install (GtkWidgetClass *klass);
void kith_document_actions_attach (GtkWidget *page, GFile *file); /* somebody chose it, or dropped it there */

void kith_document_actions_add_drop (GtkWidget *widget);            /* inside that page: a file dropped on it is attached */

G_END_DECLS
