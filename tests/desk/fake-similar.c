/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"

#include "kith-json.h"
#include "kith-match.h"

/* Who may be the person being typed: the clients of the list, by the matcher itself. */

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  double left = json_object_get_double_member (*(JsonObject *const *) a, "weight");
  double right = json_object_get_double_member (*(JsonObject *const *) b, "weight");

  return left < right ? -1 : left > right;
}

void
kith_desktop_similar_async (KithDesktop *self, JsonObject *values, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const char *const names[] = { "missing", "differs", "far", "near", "exact" };
  static const struct { KithMatchField field; const char *column, *level; } fields[] = {
    { KITH_MATCH_GIVEN, "given_name", "given_level" }, { KITH_MATCH_FAMILY, "family_name", "family_level" },
    { KITH_MATCH_BIRTH, "date_of_birth", "birth_level" }, { KITH_MATCH_PHONE, "phone", "phone_level" }, { KITH_MATCH_STREET, "street", "street_level" },
  };
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get ("client"), NULL, values);
  g_autoptr (KithMatchPerson) typed = kith_match_person_new ();
  JsonArray *rows = fake_desktop_list (self, "clients-all");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  GPtrArray *shown;

  if (fake_desktop_answer_unreadable (self, task))
    return;
  shown = g_ptr_array_new_with_free_func (g_object_unref);
  kith_match_person_add_client (typed, record);
  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      g_autoptr (JsonObject) row = kith_json_copy_object (json_array_get_object_element (rows, i));
      g_autoptr (KithMatchPerson) person = kith_match_person_new ();
      KithMatchResult result;

      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        kith_match_person_add (person, fields[k].field, kith_json_string (row, fields[k].column));
      kith_match_person_add (person, KITH_MATCH_FAMILY, kith_json_string (row, "second_family_name"));
      kith_match_weigh (typed, person, NULL, json_array_get_length (rows), KITH_MATCH_ALL, &result);
      if (result.weight < 5)
        continue;
      json_object_set_string_member (row, "zone", kith_match_zone_name (result.zone));
      json_object_set_string_member (row, "swapped", result.swapped ? "1" : "0");
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        json_object_set_string_member (row, fields[k].level, names[result.levels[fields[k].field]]);
      json_object_set_double_member (row, "weight", -result.weight);
      g_ptr_array_add (found, g_steal_pointer (&row));
    }
  g_ptr_array_sort (found, compare_weights);
  for (guint i = 0; i < found->len && i < limit; i++)
    g_ptr_array_add (shown, fake_row_new (found->pdata[i]));
  g_task_return_pointer (task, shown, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
kith_desktop_similar_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
