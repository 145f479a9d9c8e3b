/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of a record that is corrected: what a draft has of it beside what was typed. */

#include "kith-ask-window-private.h"

#include "kith-merge.h"

/* names: of which fields */
static void
keep_current (JsonObject *shown,
              JsonObject *names,
              JsonObject *typed,
              JsonObject *was,
              JsonObject *current)
{
  g_autoptr (GList) members = json_object_get_members (names);

  for (GList *l = members; l; l = l->next)
    {
      JsonNode *now = json_object_get_member (current, l->data);

      if (!kith_merge_equal (json_object_get_member (typed, l->data), json_object_get_member (was, l->data)))
        continue;
      if (now)
        json_object_set_member (shown, l->data, json_node_copy (now));
      else
        json_object_remove_member (shown, l->data);
    }
}

/* What nobody typed into says what it says by now: a colleague may have put that right meanwhile. */
JsonObject *
kith_ask_window_shown_of (KithAskWindow *self,
                          JsonObject    *draft)
{
  JsonObject *was = kith_json_object (draft, "was"), *shown = kith_json_copy_object (draft);

  if (self->was && was)
    {
      keep_current (shown, was, draft, was, self->was);
      keep_current (shown, self->was, draft, was, self->was);
    }
  return shown;
}

void
kith_ask_window_keep_was (KithAskWindow *self)
{
  self->was = json_object_new ();
  kith_field_rows_collect (self->rows, self->was, TRUE);
}
