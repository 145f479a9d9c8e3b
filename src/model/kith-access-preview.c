/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-preview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-id.h"
#include "kith-overlay-world.h"
#include "kith-scope.h"

#define REFERRAL "referral"

void
kith_sight_free (KithSight *self)
{
  g_free (self->agency);
  g_free (self->name);
  g_strfreev (self->before);
  g_strfreev (self->after);
  g_strfreev (self->later);
  g_free (self);
}

/* ---- what the grants say of each agency ---- */

typedef struct
{
  GHashTable *classes; /* set of codes */
  gint64 until;        /* G_MAXINT64: no end */
} Seen;

static void
seen_free (Seen *self)
{
  g_hash_table_unref (self->classes);
  g_free (self);
}

/* Whose people they are: "clients:B", "received:B+health", "service:S:B". Single persons are left out: their agency has a row of its own
 * for the same reason. NULL: no agency's. */
static char *
agency_of (const char *principal)
{
  static const struct { const char *kind; guint part; } kinds[] = {
    { "clients", 1 }, { "cases", 1 }, { "received", 1 }, { "managers", 1 }, { "service", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kith_scope_is (principal, kinds[i].kind))
      {
        char *agency = kith_scope_part (principal, kinds[i].part);
        char *twin = agency != NULL ? strchr (agency, '+') : NULL;

        if (twin != NULL)
          *twin = '\0';
        return agency;
      }
  return NULL;
}

/* One entry for every agency that sees by consent something of what another holds. */
static GHashTable *
read_sights (KithWorld *world, const char *client, gint64 now_ms, GError **error)
{
  g_autofree char *subject = g_strconcat ("client:", client, NULL);
  g_autoptr (GPtrArray) grants = kith_access_grants (world, subject, now_ms, error);
  GHashTable *sights;

  if (grants == NULL)
    return NULL;
  sights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) seen_free);
  for (guint i = 0; i < grants->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (grants, i);
      g_autofree char *agency = agency_of (grant->principal);
      g_autofree char *class = kith_scope_part (grant->scope, 0);
      Seen *seen;

      /* That there were referrals (D12) is part of the history of care, which says so itself. */
      if (agency == NULL || strstr (grant->reason, "consent:") == NULL || strstr (grant->reason, "history") != NULL)
        continue;
      seen = g_hash_table_lookup (sights, agency);
      if (seen == NULL)
        {
          seen = g_new0 (Seen, 1);
          seen->classes = g_hash_table_new (g_str_hash, g_str_equal);
          g_hash_table_insert (sights, g_steal_pointer (&agency), seen);
        }
      g_hash_table_add (seen->classes, (gpointer) g_intern_string (g_str_has_prefix (class, "referral") ? REFERRAL : class));
      seen->until = MAX (seen->until, grant->not_after == 0 ? G_MAXINT64 : grant->not_after);
    }

  return sights;
}

static char **
list_classes (GHashTable *sights, const char *agency)
{
  const KithVocabulary *classes = kith_vocabulary_get ("data_class");
  Seen *seen = g_hash_table_lookup (sights, agency);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; seen != NULL && i < kith_vocabulary_size (classes); i++)
    if (g_hash_table_contains (seen->classes, kith_vocabulary_code (classes, i)))
      g_strv_builder_add (list, kith_vocabulary_code (classes, i));
  if (seen != NULL && g_hash_table_contains (seen->classes, REFERRAL))
    g_strv_builder_add (list, REFERRAL);

  return g_strv_builder_end (list);
}

/* ---- before, after, later ---- */

static gboolean
do_it (KithWorld *world, const KithActor *actor, const char *name, JsonObject *args, gint64 now_ms, GError **error)
{
  g_auto (KithOpContext) cx = {
    .world = world, .actor = actor, .operation = kith_operation_get (name), .op_id = "preview", .time_ms = now_ms, .hlc = "",
  };

  return kith_operation_run (&cx, args, error);
}

/* Every receiver of a consent in force as if it had opened the client: its reason of its own. */
static gboolean
give_reasons (KithWorld *world, const char *client, gint64 now_ms, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autofree char *time = kith_time_format (now_ms);
  g_autoptr (GPtrArray) consents = kith_world_find (world, scope, "consent", "status", "in_force", NULL, error);

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      JsonArray *receivers = kith_record_array (g_ptr_array_index (consents, i), "receivers");

      for (guint k = 0; receivers != NULL && k < json_array_get_length (receivers); k++)
        {
          const char *agency = json_array_get_string_element (receivers, k);
          g_autofree char *key = g_strconcat (client, ":", agency, NULL);
          g_autofree char *id = kith_id_natural ("care", key);
          g_autoptr (KithRecord) care = kith_record_new (kith_kind_get ("care"), id);

          if (g_str_equal (agency, "network"))
            continue;
          kith_record_set_string (care, "client", client);
          kith_record_set_string (care, "agency", agency);
          kith_record_set_string (care, "opened_at", time);
          if (!kith_world_put (world, care, error))
            return FALSE;
        }
    }
  return consents != NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const KithSight *x = *(KithSight *const *) a;
  const KithSight *y = *(KithSight *const *) b;
  int order = g_utf8_collate (x->name != NULL ? x->name : "", y->name != NULL ? y->name : "");

  return order != 0 ? order : strcmp (x->agency, y->agency);
}

static gboolean
add_sights (KithWorld *world, GHashTable *before, GHashTable *after, GHashTable *later, GPtrArray *result, GError **error)
{
  g_autoptr (GHashTable) agencies = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *all[] = { before, after, later };
  GHashTableIter iter;
  gpointer agency;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_hash_table_iter_init (&iter, all[i]);
      while (g_hash_table_iter_next (&iter, &agency, NULL))
        g_hash_table_add (agencies, agency);
    }
  g_hash_table_iter_init (&iter, agencies);
  while (g_hash_table_iter_next (&iter, &agency, NULL))
    {
      KithSight *sight = g_new0 (KithSight, 1);
      Seen *seen = g_hash_table_lookup (after, agency);
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) organization = kith_world_get (world, "organization", agency, &local);

      g_ptr_array_add (result, sight);
      sight->agency = g_strdup (agency);
      sight->name = organization != NULL ? g_strdup (kith_record_string (organization, "name")) : NULL;
      sight->before = list_classes (before, agency);
      sight->after = list_classes (after, agency);
      sight->later = list_classes (later, agency);
      sight->until = seen != NULL && seen->until != G_MAXINT64 ? seen->until : 0;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  g_ptr_array_sort (result, compare_names);

  return TRUE;
}

/**
 * kith_access_preview:
 * @world: what is known; a desk's holds only a part, and the preview is of that part
 * @actor: who would do it
 * @client: whose record it is about
 * @operation: "consent.record", "consent.revoke" …
 * @args: its arguments
 * @now_ms: the hub's time
 *
 * Errors: what the operation itself would be refused with; the world's own.
 *
 * Returns: (transfer full) (element-type KithSight): an entry for each agency that sees something by consent before, after or later,
 *   ordered by name
 */
GPtrArray *
kith_access_preview (KithWorld *world, const KithActor *actor, const char *client, const char *operation, JsonObject *args,
                     gint64 now_ms, GError **error)
{
  g_autoptr (KithWorld) overlay = kith_overlay_world_new (world);
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_sight_free);
  g_autoptr (GHashTable) before = read_sights (world, client, now_ms, error);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GHashTable) later = NULL;

  if (before == NULL || !do_it (overlay, actor, operation, args, now_ms, error))
    return NULL;
  after = read_sights (overlay, client, now_ms, error);
  if (after == NULL || !give_reasons (overlay, client, now_ms, error))
    return NULL;
  later = read_sights (overlay, client, now_ms, error);
  if (later == NULL || !add_sights (world, before, after, later, result, error))
    return NULL;

  return g_steal_pointer (&result);
}

char **
kith_sight_lost (const KithSight *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; self->before[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->after, self->before[i]))
      g_strv_builder_add (list, self->before[i]);

  return g_strv_builder_end (list);
}

char *
kith_sight_words (const char *const *classes)
{
  const KithVocabulary *vocabulary = kith_vocabulary_get ("data_class");
  g_autoptr (GString) words = g_string_new (NULL);

  for (; *classes != NULL; classes++)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "",
                            g_str_equal (*classes, REFERRAL) ? _("What the referral to it says")
                                                             : kith_vocabulary_label (vocabulary, *classes));

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
