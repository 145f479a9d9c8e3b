/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window that asks lets one choose, of a list or by searching, and the other ways it offers. */

#include "kith-ask-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"

void
kith_ask_pick_free (gpointer data)
{
  Pick *pick = data;

  g_clear_object (&pick->watch);
  g_clear_pointer (&pick->ids, g_ptr_array_unref);
  g_free (pick->id);
  g_free (pick->none);
  g_free (pick->unchosen);
  g_free (pick->skipped);
  g_free (pick);
}

const char *
kith_ask_picked_id (Pick *pick)
{
  guint i;

  if (pick->suggest)
    return pick->id;
  i = adw_combo_row_get_selected (pick->row);
  return i < pick->ids->len ? pick->ids->pdata[i] : NULL;
}

static const char *
own_id (Pick *pick)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (pick->window->context));

  return actor ? actor->user : NULL;
}

/* The list is here, and there is nothing else in it than what stands for nobody. */
static gboolean
is_none (Pick *pick)
{
  return pick->ids && pick->ids->len == 1;
}

static void
show_none (Pick *pick)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (pick->row), is_none (pick) && pick->none ? pick->none : "");
  if (pick->way)
    gtk_widget_set_visible (pick->way, is_none (pick));
}

const char *
kith_ask_window_none_words (KithAskWindow *self)
{
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (pick->none && pick->field->flags & KITH_FIELD_REQUIRED && is_none (pick))
        return pick->none;
    }
  return NULL;
}

static void
picks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  Pick *pick = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *before = g_strdup (kith_ask_picked_id (pick));
  guint selected = 0;

  g_ptr_array_set_size (pick->ids, 0);
  g_ptr_array_add (pick->ids, NULL);
  gtk_string_list_append (names, pick->unchosen ? pick->unchosen : rows->len > 0 && pick->field->flags & KITH_FIELD_REQUIRED ? _("Choose…") : _("None"));
  if (pick->with_me && own_id (pick) && g_strcmp0 (pick->skipped, own_id (pick)) != 0)
    {
      gtk_string_list_append (names, _("Me"));
      g_ptr_array_add (pick->ids, g_strdup (own_id (pick)));
      selected = g_strcmp0 (before, own_id (pick)) == 0 ? 1 : 0;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name"), *id = kith_row_get_id (rows->pdata[i]);

      if (pick->unchosen && (g_strcmp0 (id, own_id (pick)) == 0 || g_strcmp0 (id, pick->skipped) == 0))
        continue;
      gtk_string_list_append (names, name ? name : "");
      g_ptr_array_add (pick->ids, g_strdup (kith_row_get_id (rows->pdata[i])));
      if (g_strcmp0 (before, kith_row_get_id (rows->pdata[i])) == 0)
        selected = pick->ids->len - 1;
    }
  if (rows->len == 1 && pick->field->flags & KITH_FIELD_REQUIRED) /* there is no choice */
    selected = 1;
  pick->window->filling = TRUE;
  kith_choice_row_set_words (pick->row, names);
  adw_combo_row_set_selected (pick->row, selected);
  show_none (pick);
  kith_ask_select_pick (pick);
  pick->window->filling = FALSE;
}

static Pick *
pick_new (KithAskWindow *self,
          const char    *arg,
          GtkWidget     *widget)
{
  Pick *pick = g_new0 (Pick, 1);

  pick->window = self;
  pick->field = kith_ask_window_find_arg (self, arg);
  gtk_widget_set_name (widget, arg);
  g_ptr_array_add (self->picks, pick);
  return pick;
}

static void
add_pick (KithAskWindow     *self,
          const char        *arg,
          const char        *query,
          const char *const *kinds,
          const char        *input,
          const char        *unchosen,
          const char        *skipped,
          gboolean           with_me)
{
  GtkWidget *row = adw_combo_row_new (), *list = gtk_list_box_new ();
  Pick *pick = pick_new (self, arg, row);
  const char *args[] = { input, NULL };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(pick->field->label));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (self->picks_box, list);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_box), TRUE);
  pick->row = ADW_COMBO_ROW (row);
  pick->ids = g_ptr_array_new_with_free_func (g_free);
  pick->unchosen = g_strdup (unchosen); /* before the list, which may be there at once */
  pick->skipped = g_strdup (skipped);
  pick->with_me = with_me;
  pick->watch = kith_watch_new_args (self->context, query, kinds, args, picks_cb, pick);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (kith_ask_window_changed), self, G_CONNECT_SWAPPED);
}

void
kith_ask_window_add_pick (KithAskWindow     *self,
                          const char        *arg,
                          const char        *query,
                          const char *const *kinds,
                          const char        *input)
{
  add_pick (self, arg, query, kinds, input, NULL, NULL, FALSE);
}

/* Why there is one to choose from. */
static const char *
nobody_else (void)
{
  return _("Only people who are assigned can be chosen, and nobody else is.");
}

void
kith_ask_window_add_colleagues (KithAskWindow *self,
                                const char    *arg,
                                const char    *query,
                                const char    *input)
{
  static const char *const kinds[] = { "assignment", "staff", NULL };

  add_pick (self, arg, query, kinds, input, _("Me"), NULL, FALSE);
  kith_ask_window_say_if_none (self, arg, nobody_else ());
}

void
kith_ask_window_add_others (KithAskWindow *self,
                            const char    *arg,
                            const char    *query,
                            const char    *input,
                            const char    *now,
                            const char    *words)
{
  static const char *const kinds[] = { "assignment", "staff", NULL };

  add_pick (self, arg, query, kinds, input, words, now, TRUE);
  kith_ask_window_say_if_none (self, arg, nobody_else ());
}

void
kith_ask_window_say_if_none (KithAskWindow *self,
                             const char    *arg,
                             const char    *words)
{
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (g_str_equal (pick->field->name, arg))
        {
          g_free (pick->none);
          pick->none = g_strdup (words);
          show_none (pick); /* the list may have been there at once */
        }
    }
}

static void
switched_cb (KithSwitchRow *row,
             GParamSpec    *pspec,
             KithAskWindow *self)
{
  JsonObject *when_on = g_object_get_data (G_OBJECT (row), "when-on");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (self->closed)
    return;
  json_object_iter_init (&iter, when_on);
  while (json_object_iter_next (&iter, &name, &value))
    if (JSON_NODE_HOLDS_NULL (value))
      kith_field_rows_set_asked (self->rows, name, !kith_switch_row_get_active (row));
  if (pspec)
    kith_ask_window_changed (self);
}

void
kith_ask_window_add_switch (KithAskWindow *self,
                            const char    *name,
                            const char    *title,
                            const char    *subtitle,
                            gboolean       on,
                            JsonObject    *when_on)
{
  GtkWidget *row = kith_switch_row_new (title), *list = gtk_list_box_new ();

  gtk_widget_set_name (row, name);
  kith_switch_row_set_active (KITH_SWITCH_ROW (row), on);
  g_object_set_data_full (G_OBJECT (row), "when-on", when_on, (GDestroyNotify) json_object_unref);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (self->picks_box, list);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_box), TRUE);
  g_ptr_array_add (self->switches, row);
  switched_cb (KITH_SWITCH_ROW (row), NULL, self);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (switched_cb), self, 0);
}

static void
describe_client (KithContext  *context,
                 gpointer      hit,
                 AdwActionRow *line)
{
  g_autofree char *name = kith_format_name (kith_row_field (hit, "given_name"), kith_row_field (hit, "middle_name"), kith_row_field (hit, "family_name"),
                                            kith_row_field (hit, "second_family_name"), kith_row_field (hit, "described_as"));
  g_autofree char *born = kith_format_date (kith_row_field (hit, "date_of_birth"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (line, born ? born : "");
}

static void
picked_cb (KithAskWindow *self,
                  KithRow       *row,
                  KithSuggest   *suggest)
{
  Pick *pick = NULL;
  g_autofree char *person = kith_format_name (kith_row_field (row, "given_name"), kith_row_field (row, "middle_name"), kith_row_field (row, "family_name"),
                                              kith_row_field (row, "second_family_name"), kith_row_field (row, "described_as"));
  const char *name = kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : person;

  for (guint i = 0; i < self->picks->len; i++)
    if (((Pick *) self->picks->pdata[i])->suggest == suggest)
      pick = self->picks->pdata[i];
  kith_suggest_clear (suggest);
  kith_suggest_set_text (suggest, name);
  g_free (pick->id);
  pick->id = g_strdup (kith_row_get_id (row));
  kith_ask_window_changed (self);
}

/* Another name typed is another record. */
static void
typed_cb (KithAskWindow *self,
                 KithSuggest   *suggest)
{
  for (guint i = 0; i < self->picks->len; i++)
    if (((Pick *) self->picks->pdata[i])->suggest == suggest)
      g_clear_pointer (&((Pick *) self->picks->pdata[i])->id, g_free);
  kith_ask_window_changed (self);
}

static void
describe_service (KithContext  *context,
                  gpointer      hit,
                  AdwActionRow *line)
{
  const char *name = kith_row_get_text (hit, "name"), *agency = kith_row_get_text (hit, "organization_name");
  g_autofree char *words = kith_format_join (agency, kith_row_get_int (hit, "direct") != 0 ? NULL : _("takes no direct referrals"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, words);
}

/* A window keeps the height it came up with: what is found later gets room of its own, and what stands below stays in sight. */
static void
fit (KithAskWindow *self)
{
  int width, height, natural;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  if (natural > height)
    gtk_window_set_default_size (GTK_WINDOW (self), width, -1);
}

#define FILLED 560 /* pixels: for the first of what there is, and three rows */

void
kith_ask_window_add_search (KithAskWindow *self,
                            const char    *arg,
                            GtkWidget     *suggest)
{
  Pick *pick = pick_new (self, arg, suggest);

  pick->suggest = KITH_SUGGEST (suggest);
  gtk_box_append (self->picks_box, suggest);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_box), TRUE);
  g_signal_connect_object (suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (suggest, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (suggest, "shown", G_CALLBACK (fit), self, G_CONNECT_SWAPPED);
  if (kith_suggest_offers_at_once (pick->suggest)) /* they come when the window is there already */
    {
      int width, height;

      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height); /* it was fitted to the window below it */
      gtk_window_set_default_size (GTK_WINDOW (self), width, FILLED);
    }
  gtk_widget_grab_focus (suggest); /* it stands first: who is meant is typed at once */
}

void
kith_ask_window_add_client (KithAskWindow *self,
                            const char    *arg,
                            const char    *title)
{
  kith_ask_window_add_search (self, arg, kith_suggest_new (self->context, "client", title, describe_client));
}

void
kith_ask_window_add_service (KithAskWindow *self,
                             const char    *arg,
                             const char    *title)
{
  kith_ask_window_add_search (self, arg, kith_suggest_new (self->context, "service", title, describe_service));
}

void
kith_ask_window_add_note (KithAskWindow *self,
                          GtkWidget     *note,
                          KithAskNote    func)
{
  GtkWidget *place = GTK_WIDGET (self->rows_place);

  self->note = note;
  self->note_func = func;
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (place)), note, place);
  g_signal_connect_object (note, "notify::visible", G_CALLBACK (fit), self, G_CONNECT_SWAPPED);
  kith_ask_window_tell_note (self);
}

/* The name that was searched for goes along. What else was said does not: it is kept. */
static void
way_cb (GtkWidget *widget,
        GtkButton *button)
{
  KithAskWindow *self = KITH_ASK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button)));
  g_autofree char *draft = kith_ask_window_print_draft (self);
  g_autofree char *kept = NULL;
  g_autofree char *done = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (gtk_widget_get_name (GTK_WIDGET (button)), &done, &target, NULL))
    g_return_if_reached ();
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (pick->suggest && !target)
        target = g_variant_ref_sink (g_variant_new_string (pick->id ? "" : kith_suggest_get_text (pick->suggest)));
    }
  if (self->draft && !g_str_equal (draft, g_object_get_data (G_OBJECT (button), "untouched")))
    {
      /* Translators: the title of a window */
      kept = g_strdup_printf (_("What you typed is kept under “%s”"), gtk_window_get_title (GTK_WINDOW (self)));
      kith_draft_flush (self->draft);
      kith_context_toast (self->context, kept);
    }
  else if (self->draft)
    kith_draft_forget (self->draft);
  self->closed = TRUE;
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (widget, done, target);
}

/* Below the questions. */
static GtkWidget *
ways_place (KithAskWindow *self)
{
  GtkWidget *place = GTK_WIDGET (self->rows_place), *box;

  for (guint i = 0; i < self->picks->len; i++)
    if (((Pick *) self->picks->pdata[i])->suggest)
      return GTK_WIDGET (self->picks_box);
  box = gtk_widget_get_next_sibling (place);
  if (box && g_str_equal (gtk_widget_get_name (box), "ways"))
    return box;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_name (box, "ways");
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (place)), box, place);
  return box;
}

static GtkWidget *
add_way (KithAskWindow *self,
         const char    *words,
         GtkWidget     *widget,
         const char    *action)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_set_name (button, action);
  g_object_set_data_full (G_OBJECT (button), "untouched", kith_ask_window_print_draft (self), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (way_cb), widget, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (ways_place (self)), button);
  return button;
}

void
kith_ask_window_add_way (KithAskWindow *self,
                         const char    *words,
                         GtkWidget     *widget,
                         const char    *action)
{
  add_way (self, words, widget, action);
}

void
kith_ask_window_add_way_if_none (KithAskWindow *self,
                                 const char    *arg,
                                 const char    *words,
                                 GtkWidget     *widget,
                                 const char    *action)
{
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (!g_str_equal (pick->field->name, arg))
        continue;
      pick->way = add_way (self, words, widget, action);
      show_none (pick);
    }
}
