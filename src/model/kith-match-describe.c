/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two who may be one person, put beside each other for somebody to decide on. */

#include "kith-match.h"

#include "kith-json.h"

/**
 * kith_match_values:
 *
 * Returns: (transfer full): what is compared of a client, as people write it: a "match_person"
 */
JsonNode *
kith_match_values (KithRecord *client)
{
  static const char *const fields[] = { "agency", "given_name", "family_name", "second_family_name", "date_of_birth", NULL };
  g_autoptr (JsonObject) values = json_object_new ();
  JsonArray *phones = kith_record_array (client, "phones");
  JsonObject *address = kith_record_object (client, "address");
  const char *phone = NULL, *street = address != NULL ? kith_json_string (address, "address_1") : NULL;
  const char *city = address != NULL ? kith_json_string (address, "city") : NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    if (kith_record_string (client, fields[i]) != NULL)
      json_object_set_string_member (values, fields[i], kith_record_string (client, fields[i]));
  if (phones != NULL && json_array_get_length (phones) > 0)
    phone = kith_json_string (json_array_get_object_element (phones, 0), "number");
  if (phone != NULL)
    json_object_set_string_member (values, "phone", phone);
  if (street != NULL)
    json_object_set_string_member (values, "street", street);
  if (city != NULL)
    json_object_set_string_member (values, "city", city);
  return json_node_init_object (json_node_alloc (), values);
}

/**
 * kith_match_set_levels:
 * @match: a "match", whose levels become those of the two
 */
void
kith_match_set_levels (KithRecord *match, KithRecord *first, KithRecord *second)
{
  static const char *const levels[] = { "missing", "differs", "far", "near", "exact" };
  static const struct { KithMatchField field; const char *name; } shown[] = {
    { KITH_MATCH_GIVEN, "given_level" }, { KITH_MATCH_FAMILY, "family_level" }, { KITH_MATCH_BIRTH, "birth_level" },
    { KITH_MATCH_PHONE, "phone_level" }, { KITH_MATCH_STREET, "street_level" },
  };
  g_autoptr (KithMatchPerson) a = kith_match_person_new (), b = kith_match_person_new ();
  KithMatchResult result;

  kith_match_person_add_client (a, first);
  kith_match_person_add_client (b, second);
  kith_match_weigh (a, b, NULL, 1, KITH_MATCH_ALL, &result);
  kith_record_set_bool (match, "swapped", result.swapped);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    kith_record_set_string (match, shown[i].name, levels[result.levels[shown[i].field]]);
}
