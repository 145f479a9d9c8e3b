/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window that asks keeps of what was typed and chosen. */

#include "kith-ask-window-private.h"

#include "kith-ending.h"
#include "kith-text.h"

/* A draft: what is typed, and "picks": the id and, of what is searched for, the words for each. */

static JsonObject *
collect (KithAskWindow *self,
         gboolean       searched) /* also what was typed in a search and picks nobody yet */
{
  JsonObject *draft = json_object_new (), *picks = json_object_new ();

  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (kith_ask_picked_id (pick) || (searched && pick->suggest && !kith_text_blank (kith_suggest_get_text (pick->suggest))))
        json_object_set_object_member (picks, pick->field->name,
                                       kith_json_new ("id", "s", kith_ask_picked_id (pick), "words", "s", pick->suggest ? kith_suggest_get_text (pick->suggest) : NULL, NULL));
    }
  for (guint i = 0; i < self->switches->len; i++)
    json_object_set_boolean_member (picks, gtk_widget_get_name (self->switches->pdata[i]), kith_switch_row_get_active (self->switches->pdata[i]));
  kith_field_rows_collect (self->rows, draft, TRUE);
  json_object_set_object_member (draft, "picks", picks);
  if (self->was)
    json_object_set_object_member (draft, "was", json_object_ref (self->was));
  return draft;
}

static JsonObject *
collect_draft (gpointer owner)
{
  return collect (owner, TRUE);
}

/* What a draft says, once the list it is of is there. */
void
kith_ask_select_pick (Pick *pick)
{
  for (guint i = 0; i < pick->ids->len; i++)
    if (pick->id && g_strcmp0 (pick->ids->pdata[i], pick->id) == 0)
      {
        g_clear_pointer (&pick->id, g_free);
        adw_combo_row_set_selected (pick->row, i);
      }
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithAskWindow *self = owner;
  JsonObject *picks = kith_json_object (draft, "picks");
  g_autoptr (JsonObject) shown = kith_ask_window_shown_of (self, draft);

  kith_field_rows_show (self->rows, shown);
  for (guint i = 0; picks && i < self->switches->len; i++)
    if (kith_json_bool (picks, gtk_widget_get_name (self->switches->pdata[i]), FALSE)) /* never off what this window was opened with: "Health information" */
      kith_switch_row_set_active (self->switches->pdata[i], TRUE);
  for (guint i = 0; picks && i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];
      JsonObject *one = kith_json_object (picks, pick->field->name);

      if (!one)
        continue;
      if (pick->suggest)
        kith_suggest_set_text (pick->suggest, kith_json_string (one, "words"));
      g_free (pick->id);
      pick->id = g_strdup (kith_json_string (one, "id"));
      if (pick->row)
        kith_ask_select_pick (pick);
    }
  kith_ask_window_tell_note (self);
  gtk_label_set_text (self->description, words);
  gtk_widget_set_visible (GTK_WIDGET (self->description), TRUE);
}

void
kith_ask_window_keep_draft (KithAskWindow *self,
                            const char    *scope,
                            const char    *of)
{
  g_autoptr (JsonObject) said = kith_ask_window_said (self);
  g_autofree char *about = kith_json_print_object (said);
  g_autofree char *key = g_strdup_printf ("ask:%s:%s:%s%s", self->operation->name, scope ? scope : "", about, of ? of : "");

  self->draft = kith_draft_new (self->context, key, scope, collect_draft, restore_draft, self);
  kith_ending_close (self->context, scope, GTK_WINDOW (self));
}

char *
kith_ask_window_print_draft (KithAskWindow *self)
{
  g_autoptr (JsonObject) draft = collect (self, FALSE); /* what was searched for goes along */

  return kith_json_print_object (draft);
}
