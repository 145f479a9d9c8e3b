/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import.h"

#include "kith-id.h"
#include "kith-import-id.h"
#include "kith-json.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a list says against what is here already: who it is, and whether the list is one that came under another name. */

#define LOOK_MOST 5000 /* rows: a list that came before shows at its beginning */

/* ---- one person */

/* there says all that given says, and may say more: a word the agency added is no difference. */
static gboolean
covers (JsonNode *there, JsonNode *given)
{
  if (there == NULL || JSON_NODE_TYPE (there) != JSON_NODE_TYPE (given))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (given))
    {
      JsonObject *object = json_node_get_object (given);
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        if (!covers (json_object_get_member (json_node_get_object (there), l->data), json_object_get_member (object, l->data)))
          return FALSE;
      return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (given))
    {
      JsonArray *wanted = json_node_get_array (given), *found = json_node_get_array (there);

      for (guint i = 0; i < json_array_get_length (wanted); i++)
        {
          gboolean any = FALSE;

          for (guint k = 0; !any && k < json_array_get_length (found); k++)
            any = covers (json_array_get_element (found, k), json_array_get_element (wanted, i));
          if (!any)
            return FALSE;
        }
      return TRUE;
    }
  return kith_json_equal (there, given);
}

/* form: NULL: nothing is recorded of it */
static void
compare (const char *kind, KithRecord *form, JsonObject *values, GPtrArray *fields)
{
  g_autoptr (GList) members = json_object_get_members (values);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const KithField *field = kith_kind_get_field (kith_kind_get (kind), l->data);
      JsonNode *there = field != NULL && form != NULL ? json_object_get_member (kith_record_get_body (form), field->name) : NULL;

      if (field != NULL && !covers (there, json_object_get_member (values, field->name)))
        g_ptr_array_add (fields, (gpointer) field->name);
    }
}

static gboolean
compare_billing (KithHub *hub, const char *client, JsonObject *values, GPtrArray *fields, GError **error)
{
  g_autofree char *id = kith_id_natural ("client_billing", client);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) billing = kith_world_get (kith_hub_get_world (hub), "client_billing", id, &local);

  if (local == NULL)
    compare ("client_billing", billing, values, fields);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return local == NULL;
}

static gboolean
is_alike (const char *a, const char *b)
{
  g_autofree char *one = kith_text_fold (a != NULL ? a : ""), *two = kith_text_fold (b != NULL ? b : "");

  return g_str_equal (one, two);
}

/* Who is of this name and birth date among those of the agency who came from a list; NULL without error: nobody, or there is no birth date. */
static KithRecord *
find_person (KithHub *hub, JsonObject *args, const char *source, const char *before, GError **error)
{
  JsonObject *values = kith_json_object (args, "values");
  const char *born = kith_json_string (values, "date_of_birth");
  g_autoptr (GPtrArray) found = NULL;

  if (born == NULL || strlen (born) < strlen ("1988-04-07"))
    return NULL;
  found = kith_world_find (kith_hub_get_world (hub), NULL, "client", "date_of_birth", born, NULL, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      KithRecord *client = found->pdata[i];
      const char *from = kith_record_string (client, "source"), *since = kith_record_string (client, "registered_at");

      if (from == NULL || !kith_record_is (client, "agency", kith_json_string (args, "agency")) || (source != NULL && !g_str_equal (from, source)) ||
          (before != NULL && (since == NULL || strcmp (since, before) >= 0)))
        continue;
      if (is_alike (kith_record_string (client, "given_name"), kith_json_string (values, "given_name")) &&
          is_alike (kith_record_string (client, "family_name"), kith_json_string (values, "family_name")))
        return g_object_ref (client);
    }
  return NULL;
}

gboolean
kith_import_look (KithHub *hub, JsonObject *args, const char *before, KithImportHere *here, GPtrArray *fields, GError **error)
{
  const char *source = kith_json_string (args, "source");
  g_autofree char *id = kith_import_client_id (kith_json_string (args, "agency"), source, kith_json_string (args, "source_id"));
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) client = kith_world_get (kith_hub_get_world (hub), "client", id, &local), person = NULL;

  *here = KITH_IMPORT_NEW;
  if (client != NULL)
    {
      compare ("client", client, kith_json_object (args, "values"), fields);
      if (kith_json_object (args, "billing") != NULL && !compare_billing (hub, id, kith_json_object (args, "billing"), fields, error))
        return FALSE;
      *here = fields->len > 0 ? KITH_IMPORT_DIFFERS : KITH_IMPORT_SAME;
    }
  else if (local == NULL && before != NULL && (person = find_person (hub, args, source, before, &local)) != NULL)
    *here = KITH_IMPORT_DIFFERS;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- one list */

GPtrArray *
kith_import_list (KithHub *hub, const char *agency, GError **error)
{
  KithWorld *world = kith_hub_get_world (hub);

  return agency != NULL ? kith_world_find (world, NULL, "import", "agency", agency, NULL, error)
                        : kith_world_find (world, "network", "import", NULL, NULL, NULL, error);
}

typedef struct
{
  KithHub *hub;
  const char *agency, *source;
  GHashTable *counts;   /* char*: another source → how many are there from it */
  GHashTable *agencies; /* folded name → its source; of a directory */
} Check;

static void
check_clear (Check *self)
{
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->agencies, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static void
note_source (Check *self, const char *source)
{
  if (source != NULL && !g_str_equal (source, self->source))
    g_hash_table_insert (self->counts, g_strdup (source), GUINT_TO_POINTER (0));
}

static void
count (Check *self, const char *source)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, source));

  g_hash_table_insert (self->counts, g_strdup (source), GUINT_TO_POINTER (n + 1));
}

/* Agencies tell where they came from; one that was there before imports were recorded, too. */
static gboolean
read_agencies (Check *self, gboolean *known, GError **error)
{
  g_autoptr (GPtrArray) all = kith_world_find (kith_hub_get_world (self->hub), "dir", "organization", NULL, NULL, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *source = kith_record_string (all->pdata[i], "source");

      if (source == NULL)
        continue;
      if (g_str_equal (source, self->source))
        {
          *known = TRUE;
          return TRUE;
        }
      note_source (self, source);
      g_hash_table_insert (self->agencies, kith_text_fold (kith_record_string (all->pdata[i], "name")), g_strdup (source));
    }
  return all != NULL;
}

static gboolean
read_sources (Check *self, gboolean *known, GError **error)
{
  g_autoptr (GPtrArray) imports = kith_import_list (self->hub, self->agency, error);

  *known = FALSE;
  for (guint i = 0; imports != NULL && i < imports->len; i++)
    {
      /* Of one that was taken back nobody is here by that name. */
      *known |= kith_record_is (imports->pdata[i], "source", self->source) && !kith_record_is (imports->pdata[i], "state", "undone");
      note_source (self, kith_record_string (imports->pdata[i], "source"));
    }
  return imports != NULL && (self->agency != NULL || *known || read_agencies (self, known, error));
}

static char *
id_from (Check *self, JsonObject *args, const char *source)
{
  const char *id = kith_json_string (args, "source_id");
  g_autofree char *key = self->agency == NULL ? g_strconcat (source, "/", id, NULL) : NULL;

  return self->agency != NULL ? kith_import_client_id (self->agency, source, id) : kith_id_natural (kith_json_string (args, "t"), key);
}

/* By its id, or by who it is. */
static gboolean
look_at (Check *self, JsonObject *args, GPtrArray *sources, GError **error)
{
  const char *kind = self->agency != NULL ? "client" : kith_json_string (args, "t");
  GError *failed = NULL;

  for (guint i = 0; i < sources->len; i++)
    {
      g_autofree char *id = id_from (self, args, sources->pdata[i]);
      g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (self->hub), kind, id, &failed);

      if (record != NULL)
        count (self, sources->pdata[i]);
      if (record != NULL)
        return TRUE;
    }
  if (failed == NULL && self->agency != NULL)
    {
      g_autoptr (KithRecord) person = find_person (self->hub, args, NULL, NULL, &failed);

      if (person != NULL && !kith_record_is (person, "source", self->source))
        count (self, kith_record_string (person, "source"));
    }
  else if (failed == NULL && g_str_equal (kind, "organization"))
    {
      const char *name = kith_json_string (kith_json_object (args, "body"), "name");
      g_autofree char *folded = kith_text_fold (name != NULL ? name : "");
      const char *source = g_hash_table_lookup (self->agencies, folded);

      if (source != NULL)
        count (self, source);
    }
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

/* From which most are there. */
static const char *
find_most (Check *self, guint *most)
{
  GHashTableIter iter;
  gpointer source, n;
  const char *found = NULL;

  *most = 0;
  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &source, &n))
    if (GPOINTER_TO_UINT (n) > *most)
      {
        found = source;
        *most = GPOINTER_TO_UINT (n);
      }
  return found;
}

static void
tell (Check *self, const char *source, guint most, guint n, GError **error)
{
  g_autofree char *word = kith_command_quote (source);

  if (self->agency != NULL)
    /* Translators: numbers of people in a list; the name of an earlier list; that name as it is to be typed; the name of this list */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _("%u of the %u people looked at came in already, from “%s”. If this is that list: --source %s. If it is another one, of other people whose numbers or "
                   "names happen to be the same: --new-source, and it is called “%s” from now on. Nothing was imported."), most, n, source, word, self->source);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _("%u of the %u entries looked at came in already, from “%s”. If this is that directory: --source %s. If it is another one, whose ids or names happen to "
                   "be the same: --new-source, and it is called “%s” from now on. Nothing was imported."), most, n, source, word, self->source);
}

gboolean
kith_import_check_source (KithHub *hub, KithReader *reader, const char *agency, const char *source, GError **error)
{
  g_auto (Check) self = { .hub = hub, .agency = agency, .source = source };
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;
  const char *found;
  JsonObject *args = NULL;
  gboolean known;
  guint n = 0, most;

  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.agencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_sources (&self, &known, error))
    return FALSE;
  if (known || g_hash_table_size (self.counts) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, self.counts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (sources, g_strdup (name));
  while (n < LOOK_MOST && kith_reader_next (reader, &args, NULL)) /* what cannot be read is told by whoever takes it */
    {
      g_autoptr (JsonObject) owned = args;

      n++;
      if (!look_at (&self, owned, sources, error))
        return FALSE;
    }
  found = find_most (&self, &most);
  if (found != NULL)
    tell (&self, found, most, n, error);
  return found == NULL;
}
