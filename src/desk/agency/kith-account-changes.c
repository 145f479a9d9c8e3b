/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-account-changes.h"

typedef struct
{
  const char *op;
  JsonObject *args;
} Change;

struct _KithAccountChanges
{
  GPtrArray *changes; /* (element-type Change) */
  guint next;
};

static void
change_free (gpointer data)
{
  Change *change = data;

  json_object_unref (change->args);
  g_free (change);
}

/**
 * kith_account_changes_new:
 *
 * Returns: (transfer full): no operation yet; main thread
 */
KithAccountChanges *
kith_account_changes_new (void)
{
  KithAccountChanges *self = g_new0 (KithAccountChanges, 1);

  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

/**
 * kith_account_changes_free:
 * @self: (transfer full): not NULL; what was not submitted is dropped
 */
void
kith_account_changes_free (KithAccountChanges *self)
{
  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
kith_account_changes_add (KithAccountChanges *self,
                          const char         *op,
                          JsonObject         *args)
{
  Change *change = g_new0 (Change, 1);

  change->op = g_intern_string (op);
  change->args = args;
  g_ptr_array_add (self->changes, change);
}

/**
 * kith_account_changes_size:
 *
 * Returns: how many operations Save would send; 0: nothing was changed
 */
guint
kith_account_changes_size (KithAccountChanges *self)
{
  return self->changes->len;
}

/* Submitting */

static void submit_next (GTask *task); /* takes it */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      submit_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
submit_next (GTask *task)
{
  KithAccountChanges *self = g_task_get_task_data (task);
  Change *change = self->next < self->changes->len ? self->changes->pdata[self->next++] : NULL;

  if (change)
    kith_context_submit (g_task_get_source_object (task), change->op, json_object_ref (change->args), NULL, FALSE, submitted_cb, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

void
kith_account_changes_submit (KithAccountChanges *self,
                             KithContext        *context,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (context, NULL, callback, user_data);

  g_task_set_task_data (task, self, (GDestroyNotify) kith_account_changes_free);
  submit_next (task);
}

/* What differs */

static gboolean
has_text (JsonArray  *list,
          const char *text)
{
  return list && kith_json_array_has (list, text);
}

static guint
length (JsonArray *list)
{
  return list ? json_array_get_length (list) : 0;
}

static gboolean
same_texts (JsonArray *a,
            JsonArray *b)
{
  if (length (a) != length (b))
    return FALSE;
  for (guint i = 0; i < length (a); i++)
    if (!has_text (b, json_array_get_string_element (a, i)))
      return FALSE;
  return TRUE;
}

static JsonObject *
find_link (JsonArray  *links,
           const char *service)
{
  for (guint i = 0; i < length (links); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (links, i), "service"), service) == 0)
      return json_array_get_object_element (links, i);
  return NULL;
}

static gboolean
same_links (JsonArray *a,
            JsonArray *b)
{
  if (length (a) != length (b))
    return FALSE;
  for (guint i = 0; i < length (a); i++)
    {
      JsonObject *one = json_array_get_object_element (a, i), *other = find_link (b, kith_json_string (one, "service"));

      if (!other || g_strcmp0 (kith_json_string (one, "role"), kith_json_string (other, "role")) != 0)
        return FALSE;
    }
  return TRUE;
}

static JsonArray *
as_list (JsonArray *list)
{
  return list ? json_array_ref (list) : json_array_new ();
}

KithAccountChanges *
kith_account_changes_of_standard (const char *staff,
                                  JsonObject *before,
                                  JsonArray  *links_before,
                                  JsonObject *after,
                                  JsonArray  *links)
{
  KithAccountChanges *self = kith_account_changes_new ();
  const char *role = kith_json_string (after, "role");
  JsonArray *duties = kith_json_array (after, "duties");
  gboolean health = kith_json_bool (after, "health_access", FALSE);

  if (role && g_strcmp0 (role, kith_json_string (before, "role")) != 0)
    kith_account_changes_add (self, "staff.change_role", kith_json_new ("staff", "s", staff, "role", "s", role, NULL));
  if (!same_texts (duties, kith_json_array (before, "duties")))
    kith_account_changes_add (self, "staff.set_duties",
                              kith_json_new ("staff", "s", staff, "duties", "a", as_list (duties), "was", "a", as_list (kith_json_array (before, "duties")), NULL));
  if (health != kith_json_bool (before, "health_access", FALSE))
    kith_account_changes_add (self, "staff.set_health_access", kith_json_new ("staff", "s", staff, "health_access", "b", health, NULL));
  if (!same_links (links_before, links))
    kith_account_changes_add (self, "staff.set_services",
                              kith_json_new ("staff", "s", staff, "services", "a", json_array_ref (links), "was", "a", as_list (links_before), NULL));
  return self;
}

/**
 * kith_account_changes_of_portal:
 * @before: (nullable): the account's body here
 * @links_before: (nullable) (element-type utf8): ids of what it follows
 * @after: the members of the form
 * @links: (nullable) (element-type utf8): ids of what it is to follow
 *
 * Returns: (transfer full): portal.assign, portal.remove and portal.set_permissions, as far as something differs (P8 to P11)
 */
KithAccountChanges *
kith_account_changes_of_portal (const char *staff,
                                JsonObject *before,
                                JsonArray  *links_before,
                                JsonObject *after,
                                JsonArray  *links)
{
  static const char *const switches[] = { "edits_capacity", "changes_status", "sees_details" };
  KithAccountChanges *self = kith_account_changes_new ();
  JsonObject *set = kith_json_new ("staff", "s", staff, NULL);
  gboolean changed = FALSE;

  for (guint i = 0; i < length (links); i++)
    if (!has_text (links_before, json_array_get_string_element (links, i)))
      kith_account_changes_add (self, "portal.assign", kith_json_new ("staff", "s", staff, "resource", "s", json_array_get_string_element (links, i), NULL));
  for (guint i = 0; i < length (links_before); i++)
    if (!has_text (links, json_array_get_string_element (links_before, i)))
      kith_account_changes_add (self, "portal.remove", kith_json_new ("staff", "s", staff, "resource", "s", json_array_get_string_element (links_before, i), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (kith_json_bool (before, switches[i], FALSE) != kith_json_bool (after, switches[i], FALSE))
      {
        json_object_set_boolean_member (set, switches[i], kith_json_bool (after, switches[i], FALSE));
        changed = TRUE;
      }
  if (changed)
    kith_account_changes_add (self, "portal.set_permissions", json_object_ref (set));
  json_object_unref (set);
  return self;
}
