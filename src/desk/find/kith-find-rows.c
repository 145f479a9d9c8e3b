/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How what is found reads, and where it leads. */

#include "kith-find-window-private.h"

#include <glib/gi18n.h>

#include "clients/kith-client-row.h"
#include "kith-format.h"
#include "kith-places.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "referrals/kith-referral-brief.h"

const KithFindKind kith_find_kinds[] = {
  [FIND_CLIENT] = { "client", N_("Clients"), "avatar-default-symbolic", 5 },
  [FIND_CASE] = { "case", N_("Cases"), "x-office-document-symbolic", 3 },
  [FIND_REFERRAL] = { "referral", N_("Referrals"), "document-send-symbolic", 4 },
  [FIND_CALL] = { "contact_record", N_("Calls"), "call-start-symbolic", 3 },
  [FIND_SERVICE] = { "service", N_("Services"), "x-office-address-book-symbolic", 3 },
  [FIND_STAFF] = { "staff", N_("Staff"), "system-users-symbolic", 3 },
  [FIND_PAGE] = { NULL, N_("Pages"), "go-jump-symbolic", 0 },
  [FIND_COMMAND] = { NULL, N_("Commands"), "system-run-symbolic", 0 },
};

/* The group's name above its first row. */
void
kith_find_set_header (GtkListBoxRow *row,
                      GtkListBoxRow *before,
                      gpointer       user_data)
{
  guint group = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "group"));
  GtkWidget *label;

  if (before && GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (before), "group")) == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row))
    return;
  label = gtk_label_new (_(kith_find_kinds[group].title));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 14);
  gtk_widget_set_margin_top (label, before ? 8 : 2);
  gtk_widget_set_margin_bottom (label, 2);
  gtk_widget_add_css_class (label, "meta");
  gtk_widget_add_css_class (label, "section-title");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (KithFindWindow *self,
         guint           group,
         const char     *title,
         const char     *subtitle,
         const char     *hint,
         const char     *action)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *said = g_strjoin (", ", title, subtitle && *subtitle ? subtitle : hint, NULL);

  gtk_widget_add_css_class (box, "find-row");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (kith_find_kinds[group].icon_name));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), label_new (title, "find-title"));
  if (subtitle && *subtitle)
    gtk_box_append (GTK_BOX (words), label_new (subtitle, "meta"));
  gtk_box_append (GTK_BOX (box), words);
  if (hint)
    {
      GtkWidget *label = gtk_label_new (hint);

      gtk_widget_add_css_class (label, "meta");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data (G_OBJECT (row), "group", GUINT_TO_POINTER (group));
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  gtk_list_box_append (self->list, row);
}

guint
kith_find_n_rows (KithFindWindow *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, n))
    n++;
  return n;
}

/* What makes no sense from here, or is here already, or is nothing for this account. */
static gboolean
is_offered (KithFindWindow     *self,
            const KithShortcut *shortcut)
{
  static const char *const out[] = { "win.find", "win.undo", "win.search", "win.back", "win.menu" };

  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    if (g_str_equal (shortcut->action, out[i]))
      return FALSE;
  return shortcut->keys == KITH_KEYS_WINDOW && kith_action_is_of (kith_desktop_get_actor (kith_context_get_desktop (self->context)), shortcut->action);
}

/* Everything with a key can be found by its words: pages first, then commands. */
void
kith_find_add_commands (KithFindWindow *self,
                        const char     *text)
{
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  for (guint group = FIND_PAGE; group <= FIND_COMMAND; group++)
    for (guint i = 0; i < n; i++)
      {
        gboolean page = g_str_has_prefix (table[i].action, "win.go::") && !strchr (table[i].action, '/'); /* "sent/new" begins something there */
        g_autofree char *key = NULL;

        if (page != (group == FIND_PAGE) || !is_offered (self, &table[i]) || !kith_text_begins (_(table[i].title), text) || kith_find_n_rows (self) >= MAX_ROWS)
          continue;
        key = kith_shortcuts_label (table[i].action);
        add_row (self, group, _(table[i].title), NULL, key, table[i].action);
      }
}

void
kith_find_add_found (KithFindWindow *self,
                     guint           which,
                     KithRow        *row)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  gint64 now = kith_context_get_now (self->context);
  const char *id = kith_row_get_id (row), *agency = kith_row_get_text (row, "organization_name");
  g_autofree char *action = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (which == FIND_CLIENT)
    {
      g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), now);
      g_autofree char *also = kith_client_row_also (row);

      title = kith_client_row_name (row);
      subtitle = kith_format_join (birth, kith_row_field (row, "number"), also);
      action = g_strconcat (CLIENT_PLACE, id, NULL);
    }
  else if (which == FIND_CASE)
    {
      g_autofree char *name = kith_format_row_name (row);

      title = g_strdup (kith_row_get_text (row, "title"));
      subtitle = kith_format_join (kith_row_get_text (row, "number"), name, kith_format_code ("case_phase", kith_row_get_text (row, "phase")));
      action = g_strdup_printf ("win.go::cases/%s", id);
    }
  else if (which == FIND_REFERRAL)
    {
      gboolean mine = g_strcmp0 (kith_row_field (row, "agency"), kith_context_get_side (self->context)) == 0;
      const char *number = kith_referral_number (self->context, row);

      title = g_strdup (kith_row_field (row, "contact_name") ? kith_row_field (row, "contact_name") : number);
      subtitle = kith_format_join (number, kith_referral_other_number (self->context, row), kith_row_field (row, "resource_name"), kith_format_referral_status (row));
      action = g_strdup_printf ("win.go::%s/%s", mine ? "sent" : "inbox", id);
    }
  else if (which == FIND_CALL)
    {
      const char *name = kith_row_get_text (row, "name"), *caller = kith_row_get_text (row, "caller_name");
      gint64 n_open = kith_row_get_int (row, "open");
      g_autofree char *when = kith_format_time (kith_row_get_text (row, "submitted_at"), now);
      g_autofree char *open = n_open > 0 ? g_strdup_printf (ngettext ("%u open", "%u open", (gulong) n_open), (guint) n_open) : NULL;

      title = g_strdup (name ? name : caller ? caller : _("Name not given"));
      subtitle = kith_format_join (kith_row_get_text (row, "number"), when, open);
      action = g_strdup_printf ("win.go::contacts/%s", id);
    }
  else if (which == FIND_STAFF)
    {
      const char *works_for = kith_row_get_text (row, "agency_name");

      title = g_strdup (kith_row_field (row, "name"));
      subtitle = kith_format_join (kith_format_code ("role", kith_row_field (row, "role")), works_for);
      action = g_strdup_printf ("win.go::inbox/staff:%s:%s", id, title ? title : "");
    }
  else
    {
      title = g_strdup (kith_row_field (row, "name"));
      subtitle = g_strdup (agency ? agency : kith_row_field (row, "description"));
      action = g_strdup_printf ("win.go::directory/%s", id);
    }
  if (kith_action_is_of (actor, action) && (which != FIND_STAFF || kith_place_is_of (actor, "staff")))
    add_row (self, which, title ? title : "", subtitle, NULL, action);
}

/* No client of that name is on this computer: at Clients they are registered, or asked about in the network. */
void
kith_find_add_elsewhere (KithFindWindow *self,
                         const char     *text)
{
  g_autofree char *title = g_strdup_printf (_("Look for “%s” at Clients"), text);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (text));
  g_autofree char *action = g_action_print_detailed_name ("win.search-clients", target);

  if (kith_action_is_of (kith_desktop_get_actor (kith_context_get_desktop (self->context)), "win.search-clients"))
    add_row (self, FIND_COMMAND, title, _("To register them, or to ask the network"), NULL, action);
}
