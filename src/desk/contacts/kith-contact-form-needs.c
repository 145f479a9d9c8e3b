/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The needs of a call, line by line, and the services looked for without leaving the form. */

#include "kith-contact-form-private.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-words.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-term-window.h"
#include "kith-text.h"
#include "widgets/kith-check-row.h"
#include "widgets/kith-choice-row.h"

/**
 * kith_contact_need_free:
 * @need: (transfer full): a #KithContactNeed; its row belongs to the list
 */
void
kith_contact_need_free (gpointer data)
{
  KithContactNeed *need = data;

  g_free (need->id);
  g_free (need->words);
  g_free (need->term);
  g_free (need->term_name);
  g_free (need->service);
  g_free (need->service_name);
  g_free (need->agency);
  g_free (need->agency_name);
  g_free (need->vacant);
  g_clear_object (&need->capacity);
  g_free (need);
}

static KithContactNeed *
current_need (KithContactForm *self)
{
  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (gtk_check_button_get_active (need->current))
        return need;
    }
  return NULL;
}

/* The first without a service: what is looked for next is for that one. */
static void
make_next_current (KithContactForm *self)
{
  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (!need->service)
        {
          gtk_check_button_set_active (need->current, TRUE);
          return;
        }
    }
}

static void
show_need (KithContactNeed *need)
{
  g_autofree char *to = need->service ? g_strjoin (" · ", need->service_name ? need->service_name : "", need->agency_name, NULL) : NULL;
  g_autofree char *kind = g_strjoin (" · ", to ? to : _("No service chosen"), need->term_name, NULL);
  g_autofree char *subtitle = need->vacant ? g_strdup_printf ("%s\n%s", kind, need->vacant) : g_strdup (kind);

  adw_action_row_set_subtitle (need->row, subtitle);
  kith_status_pill_set (need->pill, need->direct ? "document-send-symbolic" : "document-print-symbolic",
                        !need->service ? NULL : need->direct ? _("Direct") : _("Information only"), need->direct ? "accent" : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (need->remove), need->service ? _("Another service") : _("Remove this need"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (need->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, need->service ? _("Another service") : _("Remove this need"), -1);
  gtk_widget_set_visible (GTK_WIDGET (need->remove), need->service || !need->known);
}

/* Each count of the service chosen, with its age: whoever calls is told before anything goes. */
static void
capacity_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithContactNeed *need = user_data;
  KithContactForm *form = KITH_CONTACT_FORM (gtk_widget_get_ancestor (GTK_WIDGET (need->row), KITH_TYPE_CONTACT_FORM));
  gint64 now = form ? kith_context_get_now (kith_form_get_context (KITH_FORM (form))) : 0;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; form && i < rows->len; i++)
    {
      gboolean stale;
      g_autofree char *number = kith_capacity_words (rows->pdata[i], now), *age = kith_capacity_age (rows->pdata[i], now, &stale);
      g_autofree char *phones = kith_capacity_phones (rows->pdata[i]);

      g_string_append_printf (words, "%s%s, %s", i > 0 ? " · " : "", number, age);
      if (phones)
        g_string_append_printf (words, "\n%s", phones);
    }
  g_free (need->vacant);
  need->vacant = words->len > 0 ? g_strdup (words->str) : NULL;
  show_need (need);
}

static void
watch_capacity (KithContactForm *self,
                KithContactNeed *need)
{
  static const char *const kinds[] = { "capacity", NULL };

  g_clear_object (&need->capacity);
  g_clear_pointer (&need->vacant, g_free);
  if (need->service)
    need->capacity = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "capacity-of", kinds, need->service, capacity_cb, need);
}

/**
 * kith_contact_form_choose:
 * @service: (nullable): NULL: none any more
 * @direct: whether it takes direct referrals (D4)
 *
 * All texts are copied.
 */
void
kith_contact_form_choose (KithContactForm *self,
                          KithContactNeed *need,
                          const char      *service,
                          const char      *name,
                          const char      *agency,
                          const char      *agency_name,
                          gboolean         direct)
{
  g_free (need->service);
  g_free (need->service_name);
  g_free (need->agency);
  g_free (need->agency_name);
  need->service = g_strdup (service);
  need->service_name = g_strdup (name);
  need->agency = g_strdup (agency);
  need->agency_name = g_strdup (agency_name);
  need->direct = service && direct;
  watch_capacity (self, need);
  show_need (need);
}

/**
 * kith_contact_form_choose_term:
 * @term: (nullable): of the taxonomy; NULL: the need has words alone
 */
void
kith_contact_form_choose_term (KithContactNeed *need,
                               const char      *term,
                               const char      *name)
{
  g_free (need->term);
  g_free (need->term_name);
  need->term = g_strdup (term);
  need->term_name = g_strdup (name);
  show_need (need);
}

typedef struct
{
  KithContactForm *form;
  char *need;
} TermFor;

static void
term_for_free (gpointer data)
{
  TermFor *self = data;

  g_object_unref (self->form);
  g_free (self->need);
  g_free (self);
}

static void
term_picked_cb (KithRow *row,
                gpointer user_data)
{
  TermFor *of = user_data;

  /* The need may have been taken away meanwhile. */
  for (guint i = 0; i < of->form->needs->len; i++)
    if (g_str_equal (((KithContactNeed *) of->form->needs->pdata[i])->id, of->need))
      {
        kith_contact_form_choose_term (of->form->needs->pdata[i], kith_row_get_id (row), kith_row_field (row, "name"));
        kith_contact_form_changed (of->form);
      }
}

static void
term_cb (KithContactForm *self,
         GtkButton       *button)
{
  KithContactNeed *need = g_object_get_data (G_OBJECT (button), "need");
  TermFor *of = g_new0 (TermFor, 1);

  of->form = g_object_ref (self);
  of->need = g_strdup (need->id);
  kith_term_window_present (GTK_WIDGET (self), kith_form_get_context (KITH_FORM (self)), need->words, term_picked_cb, of, term_for_free);
}

/* First the service goes, then the need. */
static void
remove_cb (KithContactForm *self,
           GtkButton       *button)
{
  KithContactNeed *need = g_object_get_data (G_OBJECT (button), "need");

  if (need->service)
    {
      kith_contact_form_choose (self, need, NULL, NULL, NULL, NULL, FALSE);
      gtk_check_button_set_active (need->current, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
    }
  else
    {
      adw_preferences_group_remove (self->needs_group, GTK_WIDGET (need->row));
      g_ptr_array_remove (self->needs, need);
      make_next_current (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->need));
    }
  kith_contact_form_changed (self);
}

KithContactNeed *
kith_contact_form_add_need (KithContactForm *self,
                            const char      *id,
                            const char      *words,
                            gboolean         known)
{
  KithContactNeed *need = g_new0 (KithContactNeed, 1);

  need->id = g_strdup (id);
  need->words = g_strdup (words);
  need->known = known;
  need->row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (need->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (need->row), words);
  adw_action_row_set_title_lines (need->row, 2);
  adw_action_row_set_subtitle_lines (need->row, 0);
  need->current = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_check_button_set_group (need->current, self->anchor);
  gtk_widget_set_tooltip_text (GTK_WIDGET (need->current), _("Look for a service for this need"));
  kith_check_row_join (need->row, need->current, words);
  need->pill = KITH_STATUS_PILL (kith_status_pill_new ());
  adw_action_row_add_suffix (need->row, GTK_WIDGET (need->pill));
  if (self->has_terms && !known)
    {
      GtkWidget *term = gtk_button_new_from_icon_name ("view-list-bullet-symbolic");

      gtk_widget_add_css_class (term, "flat");
      gtk_widget_set_valign (term, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (term, _("Kind of need, in the words of the taxonomy…"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (term), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of need"), -1);
      g_object_set_data (G_OBJECT (term), "need", need);
      g_signal_connect_object (term, "clicked", G_CALLBACK (term_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (need->row, term);
    }
  need->remove = GTK_BUTTON (gtk_button_new_from_icon_name ("edit-clear-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (need->remove), "flat");
  gtk_widget_set_valign (GTK_WIDGET (need->remove), GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (need->remove), "need", need);
  g_signal_connect_object (need->remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (need->row, GTK_WIDGET (need->remove));
  g_ptr_array_add (self->needs, need);
  adw_preferences_group_add (self->needs_group, GTK_WIDGET (need->row));
  gtk_check_button_set_active (need->current, TRUE);
  show_need (need);
  return need;
}

/* Takes every need out of the form. */
void
kith_contact_form_clear_needs (KithContactForm *self)
{
  for (guint i = 0; i < self->needs->len; i++)
    adw_preferences_group_remove (self->needs_group, GTK_WIDGET (((KithContactNeed *) self->needs->pdata[i])->row));
  g_ptr_array_set_size (self->needs, 0);
}

/* Enter after a need: it is a line, and services for it are shown at once. */
void
kith_contact_form_take_need (KithContactForm *self)
{
  g_autofree char *words = kith_entry_text (self->need);
  g_autofree char *id = NULL;

  if (!words)
    return;
  id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
  kith_contact_form_add_need (self, id, words, FALSE);
  kith_entry_set (self->need, NULL);
  kith_suggest_type (self->suggest, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
  kith_contact_form_changed (self);
}

static void
search (KithContext        *context,
        const char         *kind,
        const char         *text,
        guint               limit,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            user_data)
{
  KithContactForm *form = KITH_CONTACT_FORM (gtk_widget_get_ancestor (GTK_WIDGET (user_data), KITH_TYPE_CONTACT_FORM));

  kith_service_narrow_set_home (form->narrow, gtk_editable_get_text (GTK_EDITABLE (form->postal_code)), gtk_editable_get_text (GTK_EDITABLE (form->city)));
  kith_service_narrow_search_async (form->narrow, text, TRUE, limit, cancellable, callback, user_data);
}

static GPtrArray *
search_finish (GObject      *source,
               GAsyncResult *result,
               GError      **error)
{
  return kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, error);
}

const KithSuggestSource kith_contact_services = { search, search_finish };

static void
note_looked_at (KithContactForm *self,
                const char      *service)
{
  if (!g_ptr_array_find_with_equal_func (self->resources, service, g_str_equal, NULL))
    g_ptr_array_add (self->resources, g_strdup (service));
}

/* For the need that is looked for; a search without one is a need in the words it was made with. */
void
kith_contact_form_picked (KithContactForm *self,
                          KithRow         *row)
{
  KithContactNeed *need = current_need (self);
  const char *agency = kith_row_get_text (row, "organization") ? kith_row_get_text (row, "organization") : kith_row_field (row, "organization_id");

  if (!need || need->service)
    {
      g_autofree char *id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
      const char *words = kith_suggest_get_text (self->suggest);

      need = kith_contact_form_add_need (self, id, kith_text_blank (words) ? kith_row_field (row, "name") : words, FALSE);
    }
  kith_contact_form_choose (self, need, kith_row_get_id (row), kith_row_field (row, "name"), agency, kith_row_get_text (row, "organization_name"),
                            kith_row_get_int (row, "direct") != 0);
  note_looked_at (self, kith_row_get_id (row));
  kith_suggest_clear (self->suggest);
  make_next_current (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->need));
  kith_contact_form_changed (self);
}
