/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clipboard.h"

#define DUE "kith-clear-soon"

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
} Soon;

static void
soon_free (gpointer data)
{
  Soon *soon = data;

  g_clear_object (&soon->content);
  g_free (soon);
}

static void
clear (GdkClipboard *clipboard)
{
  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_text (clipboard, "");
}

/* Something else that was copied meanwhile stays. */
static gboolean
soon_cb (gpointer user_data)
{
  Soon *soon = user_data;

  g_object_steal_data (G_OBJECT (soon->clipboard), DUE);
  if (gdk_clipboard_get_content (soon->clipboard) == soon->content)
    clear (soon->clipboard);
  return G_SOURCE_REMOVE;
}

static void
drop_due (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

void
kith_clipboard_clear (GtkWidget *widget)
{
  clear (gtk_widget_get_clipboard (widget));
}

void
kith_clipboard_clear_soon (GtkWidget *widget)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  Soon *soon;
  guint id;

  if (!gdk_clipboard_is_local (clipboard) || !gdk_clipboard_get_content (clipboard))
    return;
  soon = g_new0 (Soon, 1);
  soon->clipboard = clipboard; /* with it this goes */
  soon->content = g_object_ref (gdk_clipboard_get_content (clipboard));
  id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, KITH_CLIPBOARD_KEEP_S, soon_cb, soon, soon_free);
  g_object_set_data_full (G_OBJECT (clipboard), DUE, GUINT_TO_POINTER (id), drop_due); /* one that was due before it is done with */
}

void
kith_clipboard_guard (GtkWidget *text)
{
  g_signal_connect_after (text, "copy-clipboard", G_CALLBACK (kith_clipboard_clear_soon), NULL);
  if (g_signal_lookup ("cut-clipboard", G_OBJECT_TYPE (text)))
    g_signal_connect_after (text, "cut-clipboard", G_CALLBACK (kith_clipboard_clear_soon), NULL);
}

gboolean
kith_clipboard_is_guarded (const KithField *field)
{
  static const char *const numbers[] = { "insurance_number", "insurance_group", "medicaid_number", NULL };

  return (field->flags & KITH_FIELD_SECRET) != 0 || g_strv_contains (numbers, field->name);
}
