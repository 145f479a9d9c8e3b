/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"

#include "kith-text.h"

#define MY_AGENCY "a0000000-0000-7000-8000-000000000001"
#define MY_USER "50000000-0000-7000-8000-000000000001"

struct _KithListModel
{
  GObject parent_instance;
  KithDesktop *desktop;
  char *query;
  char **args;
  char **kinds;
  GPtrArray *rows;
  gboolean known;
};

/* KithListModel */

static GType
list_get_item_type (GListModel *model)
{
  return KITH_TYPE_ROW;
}

static guint
list_get_n_items (GListModel *model)
{
  return KITH_LIST_MODEL (model)->rows->len;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  KithListModel *self = KITH_LIST_MODEL (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KithListModel, kith_list_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

static void
list_add_found (KithListModel *self)
{
  for (const char *const *list = fake_found_lists (self->query); *list; list++)
    {
      JsonArray *all = kith_json_array (self->desktop->data, *list);

      for (guint i = 0; all && i < json_array_get_length (all); i++)
        if (fake_found_keeps (self->query, self->args, json_array_get_object_element (all, i)))
          g_ptr_array_add (self->rows, fake_row_new (json_array_get_object_element (all, i)));
    }
  fake_found_order (self->rows);
}

/* What a record shows with that of the records linked with it is, of one without, what the query of the record alone gives. */
static JsonArray *
list_data (KithListModel *self)
{
  JsonArray *own = fake_referral_rows (self->desktop, self->query);
  g_auto (GStrv) parts = g_strsplit (self->query, "-record-", 2);
  g_autofree char *alone = parts[0] && parts[1] ? g_strconcat (parts[0], "-", parts[1], NULL) : NULL;

  return own || !alone ? own : kith_json_array (self->desktop->data, alone);
}

gboolean
kith_list_model_is_known (KithListModel *self)
{
  return self->known;
}

static void list_read (KithListModel *self);

/* As the real one: what was read before stays, and passes for nothing. */
static void
list_reload (KithListModel *self)
{
  g_autoptr (GError) error = NULL;

  if (self->desktop->late && (g_str_equal (self->desktop->late, FAKE_ALL) || (self->args && g_strcmp0 (self->args[0], self->desktop->late) == 0)))
    return;
  error = self->desktop->unreadable ? g_error_new_literal (KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "disk I/O error") : NULL;

  if (!error)
    list_read (self);
  self->known = error == NULL;
  if (self->desktop->unlocked)
    kith_reads_tell (self->desktop->reads, self, error, (KithReadAgain) list_reload);
  g_object_notify (G_OBJECT (self), "known");
  g_object_notify (G_OBJECT (self), "loading");
}

static void
list_read (KithListModel *self)
{
  JsonArray *all = self->desktop->empty ? NULL : list_data (self);
  g_autoptr (GPtrArray) before = self->rows;

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; all && i < json_array_get_length (all); i++)
    {
      JsonObject *columns = json_array_get_object_element (all, i);
      const char *arg = kith_json_string (columns, "_arg"), *second = kith_json_string (columns, "_arg2"), *third = kith_json_string (columns, "_arg3");

      if ((!arg || (self->args && self->args[0] && g_str_equal (self->args[0], arg))) && (!second || g_strcmp0 (self->args[1], second) == 0) &&
          (!third || g_strcmp0 (self->args[2], third) == 0))
        g_ptr_array_add (self->rows, fake_row_new (columns));
    }
  if (g_str_has_suffix (self->query, "-found") && !self->desktop->empty)
    list_add_found (self);
  fake_rows_keep (self->rows, before);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->rows->len);
  g_object_notify (G_OBJECT (self), "total");
}

static void
list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == 1)
    g_value_set_boolean (value, FALSE);
  else if (id == 3)
    g_value_set_boolean (value, KITH_LIST_MODEL (object)->known);
  else
    g_value_set_uint (value, id == 4 ? fake_found_count_unsure (KITH_LIST_MODEL (object)->rows) : KITH_LIST_MODEL (object)->rows->len);
}

static void
list_finalize (GObject *object)
{
  KithListModel *self = KITH_LIST_MODEL (object);

  g_ptr_array_unref (self->rows);
  g_strfreev (self->args);
  g_free (self->query);
  g_object_unref (self->desktop);
  G_OBJECT_CLASS (kith_list_model_parent_class)->finalize (object);
}

static void
kith_list_model_class_init (KithListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = list_finalize;
  G_OBJECT_CLASS (klass)->get_property = list_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (G_OBJECT_CLASS (klass), 2, g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
  g_object_class_install_property (G_OBJECT_CLASS (klass), 3, g_param_spec_boolean ("known", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (G_OBJECT_CLASS (klass), 4, g_param_spec_uint ("unsure", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
}

static void
kith_list_model_init (KithListModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

KithListModel *
kith_list_model_new (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args)
{
  KithListModel *self = g_object_new (KITH_TYPE_LIST_MODEL, NULL);

  self->desktop = g_object_ref (desktop);
  self->query = g_strdup (query);
  self->args = g_strdupv ((char **) args);
  g_signal_connect_object (desktop, "changed", G_CALLBACK (list_reload), self, G_CONNECT_SWAPPED);
  list_reload (self);
  return self;
}

void
kith_list_model_set_args (KithListModel *self, const char *const *args)
{
  g_strfreev (self->args);
  self->args = g_strdupv ((char **) args);
  if (self->desktop->unreadable) /* nothing of the list before stays */
    {
      guint n = self->rows->len;

      g_ptr_array_set_size (self->rows, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
    }
  list_reload (self);
}

/* KithDesktop */

G_DEFINE_FINAL_TYPE (KithDesktop, kith_desktop, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_UNLOCKED,
  PROP_SYNC_STATE,
  PROP_WAITING,
  PROP_ATTENTION,
  PROP_LAST_CONTACT, PROP_OFFLINE_SINCE,
  PROP_TROUBLE,
  PROP_TRIED, PROP_NEXT_TRY,
  PROP_USER_NAME,
  PROP_AGENCY_NAME,
  PROP_PASSWORD_CHANGED, PROP_ACCOUNT_CLOSED,
  PROP_COMPUTER_REVOKED,
  PROP_UNREAD,
  PROP_DAMAGE,
  PROP_FILLING, PROP_REFOUND, PROP_REFIND_TROUBLE,
};

static void
kith_desktop_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KithDesktop *self = KITH_DESKTOP (object);

  switch (id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->has_store);
      break;
    case PROP_DAMAGE:
      g_value_set_string (value, g_object_get_data (object, "damage"));
      break;
    case PROP_UNLOCKED:
      g_value_set_boolean (value, self->unlocked);
      break;
    case PROP_SYNC_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_ATTENTION:
      g_value_set_uint (value, self->attention);
      break;
    case PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->offline_since ? "The computer answers, but no hub runs there at this address." : NULL);
      break;
    case PROP_NEXT_TRY:
    case PROP_TRIED:
      g_value_set_int64 (value, kith_clock_wall_ms (self->clock) - 60 * 1000);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, self->unlocked ? self->actor.name : NULL);
      break;
    case PROP_AGENCY_NAME:
      g_value_set_string (value, self->unlocked ? self->actor.agency_name : NULL);
      break;
    case PROP_PASSWORD_CHANGED:
      g_value_set_boolean (value, self->password_changed);
      break;
    case PROP_ACCOUNT_CLOSED:
      g_value_set_boolean (value, self->account_closed);
      break;
    case PROP_COMPUTER_REVOKED:
      g_value_set_boolean (value, self->computer_revoked);
      break;
    case PROP_UNREAD:
      g_value_set_boolean (value, kith_reads_any_failed (self->reads));
      break;
    case PROP_FILLING:
      g_value_set_boolean (value, self->filling);
      break;
    case PROP_REFIND_TROUBLE:
      g_value_set_string (value, self->refind_trouble);
      break;
    case PROP_REFOUND:
      g_value_set_int (value, 100 - self->to_refind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kith_desktop_finalize (GObject *object)
{
  KithDesktop *self = KITH_DESKTOP (object);

  g_clear_pointer (&self->reads, kith_reads_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_pointer (&self->data, json_object_unref);
  g_hash_table_unref (self->drafts);
  g_ptr_array_unref (self->submitted);
  g_free (self->refuse);
  g_free (self->kept);
  g_free (self->late);
  g_free (self->refind_trouble);
  g_free (self->denied_client);
  G_OBJECT_CLASS (kith_desktop_parent_class)->finalize (object);
}

static void
kith_desktop_class_init (KithDesktopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kith_desktop_get_property;
  object_class->finalize = kith_desktop_finalize;
  g_object_class_install_property (object_class, PROP_SIGNED_IN, g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_FILLING, g_param_spec_boolean ("filling", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_REFOUND, g_param_spec_int ("refound", NULL, NULL, 0, 100, 100, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_REFIND_TROUBLE, g_param_spec_string ("refind-trouble", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_DAMAGE, g_param_spec_string ("damage", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_UNLOCKED, g_param_spec_boolean ("unlocked", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_SYNC_STATE, g_param_spec_int ("sync-state", NULL, NULL, 0, 10, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_WAITING, g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_ATTENTION, g_param_spec_uint ("attention", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_LAST_CONTACT, g_param_spec_int64 ("last-contact", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_OFFLINE_SINCE, g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_TROUBLE, g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_NEXT_TRY, g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_TRIED, g_param_spec_int64 ("tried", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_USER_NAME, g_param_spec_string ("user-name", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_AGENCY_NAME, g_param_spec_string ("agency-name", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_ACCOUNT_CLOSED, g_param_spec_boolean ("account-closed", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_COMPUTER_REVOKED, g_param_spec_boolean ("computer-revoked", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_PASSWORD_CHANGED, g_param_spec_boolean ("password-changed", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_UNREAD, g_param_spec_boolean ("unread", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_signal_new ("changed", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  g_signal_new ("outcome", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("lock-asked", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
}

static void
kith_desktop_init (KithDesktop *self)
{
  self->reads = kith_reads_new (G_OBJECT (self), "unread");
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  self->submitted = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->actor = (KithActor) { .user = (char *) MY_USER, .agency = (char *) MY_AGENCY, .name = (char *) "Ana Delgado",
                              .agency_name = (char *) "Harbor House", .level = KITH_LEVEL_STANDARD, .role = KITH_ROLE_REFERRAL_MANAGER,
                              .duties = KITH_DUTY_SUPERVISOR, .health = TRUE, .active = TRUE, .trained = TRUE };
}

KithDesktop *
fake_desktop_new (KithClock *clock, gboolean has_store, gboolean unlocked)
{
  KithDesktop *self = g_object_new (KITH_TYPE_DESKTOP, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "desk", "fake-data.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  self->data = kith_json_parse_object (text, length, NULL, &error);
  g_assert_no_error (error);
  self->clock = g_object_ref (clock);
  self->has_store = has_store;
  self->unlocked = unlocked;
  self->last_contact = kith_clock_wall_ms (clock) - 40 * 1000;
  return self;
}

void
fake_desktop_set_password_changed (KithDesktop *self, gboolean changed)
{
  self->password_changed = changed;
  g_object_notify (G_OBJECT (self), "password-changed");
}

void
fake_desktop_set_kept (KithDesktop *self, const char *words)
{
  g_free (self->kept);
  self->kept = g_strdup (words);
}

void
kith_desktop_keep_kept (KithDesktop *self, const char *words)
{
  fake_desktop_set_kept (self, words);
}

char *
kith_desktop_take_kept (KithDesktop *self)
{
  return g_steal_pointer (&self->kept);
}

void
fake_desktop_close_account (KithDesktop *self, gboolean revoked)
{
  self->account_closed = TRUE;
  self->computer_revoked = revoked;
  g_object_notify (G_OBJECT (self), "account-closed");
}

void
fake_desktop_set_lock_minutes (KithDesktop *self, guint minutes)
{
  self->actor.lock_minutes = minutes;
}

void
fake_desktop_deny_client (KithDesktop *self, const char *client)
{
  g_free (self->denied_client);
  self->denied_client = g_strdup (client);
}

void
fake_desktop_set_unlock_wait (KithDesktop *self, gint64 milliseconds)
{
  self->unlock_wait = milliseconds;
}

gint64
kith_desktop_get_unlock_wait (KithDesktop *self)
{
  return self->unlock_wait;
}

void
fake_desktop_set_empty (KithDesktop *self, gboolean empty)
{
  static const char *const all[] = { NULL };

  self->empty = empty;
  g_signal_emit_by_name (self, "changed", all);
}

void
fake_desktop_set_late (KithDesktop *self, const char *arg)
{
  g_free (self->late);
  self->late = g_strdup (arg);
}

void
fake_desktop_set_unreadable (KithDesktop *self, gboolean unreadable)
{
  static const char *const all[] = { NULL };

  self->unreadable = unreadable;
  g_signal_emit_by_name (self, "changed", all);
}

void
kith_desktop_tell_read (KithDesktop *self, gpointer reader, const GError *error, KithReadAgain again)
{
  if (self->unlocked)
    kith_reads_tell (self->reads, reader, error, again);
}

void
kith_desktop_read_again (KithDesktop *self)
{
  kith_reads_again (self->reads);
}

void
fake_desktop_refuse_next (KithDesktop *self, const char *message)
{
  g_free (self->refuse);
  self->refuse = g_strdup (message);
}

guint
fake_desktop_get_n_submitted (KithDesktop *self)
{
  return self->submitted->len;
}

JsonObject *
fake_desktop_get_submitted (KithDesktop *self, guint i, const char **op)
{
  JsonObject *entry = self->submitted->pdata[i];

  if (op)
    *op = kith_json_string (entry, "op");
  return kith_json_object (entry, "args");
}

guint
fake_desktop_get_n_undone (KithDesktop *self)
{
  return self->undone;
}

const char *
fake_desktop_get_last_undone (KithDesktop *self)
{
  return self->last_undone;
}

JsonObject *
fake_desktop_get_draft (KithDesktop *self, const char *key)
{
  return g_hash_table_lookup (self->drafts, key);
}

KithDesktop *
kith_desktop_new (const char *data_dir, KithClock *clock)
{
  return fake_desktop_new (clock, FALSE, FALSE);
}

static void
set_unlocked (KithDesktop *self, gboolean unlocked)
{
  self->unlocked = unlocked;
  g_object_notify (G_OBJECT (self), "unlocked");
  g_object_notify (G_OBJECT (self), "user-name");
  g_object_notify (G_OBJECT (self), "agency-name");
}

/* As the hub and this computer would. */
void
kith_desktop_change_password_async (KithDesktop *self, const char *former, const char *next, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (g_str_equal (former, "wrong"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The current password is not right. Nothing was changed.");
  else if (strlen (next) < 15)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The password is too short.");
  else
    {
      g_object_set_data_full (G_OBJECT (self), "password", g_strdup (next), g_free);
      g_task_return_boolean (task, TRUE);
    }
}

/* Any password of "wrong" is wrong. */
void
kith_desktop_sign_in_async (KithDesktop *self, const char *hub_url, const char *login, const char *password, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (g_str_equal (password, "wrong"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "That name and password do not belong together. Nothing was changed.");
      return;
    }
  self->has_store = TRUE;
  fake_desktop_set_password_changed (self, FALSE);
  set_unlocked (self, TRUE);
  g_task_return_boolean (task, TRUE);
}

void
kith_desktop_unlock_async (KithDesktop *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_sign_in_async (self, NULL, NULL, password, cancellable, callback, user_data);
}

gboolean
kith_desktop_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kith_desktop_close (KithDesktop *self)
{
  kith_desktop_lock (self);
}

void
kith_desktop_lock (KithDesktop *self)
{
  set_unlocked (self, FALSE);
  kith_reads_forget (self->reads);
}

/* No hub, so nothing to reach it by. */
void
kith_desktop_set_transport_factory (KithDesktop *self, KithTransportFactory factory, gpointer user_data, GDestroyNotify destroy)
{
}

gboolean
kith_desktop_has_store (KithDesktop *self, char **login, char **hub_url)
{
  if (login)
    *login = self->has_store ? g_strdup ("ana") : NULL;
  if (hub_url)
    *hub_url = self->has_store ? g_strdup ("https://hub.example.org") : NULL;
  return self->has_store;
}

static void
set_column (KithDesktop *self, const char *query, const char *id, const char *column, const char *value)
{
  JsonArray *rows = kith_json_array (self->data, query);

  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (kith_json_string (row, "id"), id) != 0)
        continue;
      if (kith_json_object (row, "body"))
        json_object_set_string_member (kith_json_object (row, "body"), column, value);
      else
        json_object_set_string_member (row, column, value);
    }
}

static void
move_row (KithDesktop *self, const char *from, const char *to, const char *id)
{
  JsonArray *rows = kith_json_array (self->data, from);

  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      {
        JsonObject *row = json_object_ref (json_array_get_object_element (rows, i));

        json_array_remove_element (rows, i);
        json_array_add_object_element (kith_json_array (self->data, to), row);
        return;
      }
}

/* As much as the windows need to be looked at. */
void
fake_desktop_carry_out (KithDesktop *self, const char *op, JsonObject *args)
{
  const char *referral = kith_json_string (args, "referral");
  const char *phase = g_str_equal (op, "referral.accept") ? "accepted" : g_str_equal (op, "referral.decline") ? "declined" : NULL;
  static const char *const kinds[] = { "referral", NULL };

  if (referral && phase)
    {
      set_column (self, "referral", referral, "phase", phase);
      set_column (self, "inbox-new", referral, "phase", phase);
      move_row (self, "inbox-new", g_str_equal (phase, "accepted") ? "inbox-work" : "inbox-closed", referral);
    }
  g_signal_emit_by_name (self, "changed", kinds);
  fake_network_carry_out (self, op, args);
  fake_agency_carry_out (self, op, args);
}

/* As the real one: what comes after a lock is not done. */
gboolean
fake_desktop_answer_locked (KithDesktop *self, GTask *task)
{
  if (!self->unlocked)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "Kith is locked.");
  return !self->unlocked;
}

gboolean
fake_desktop_answer_unreadable (KithDesktop *self, GTask *task)
{
  if (fake_desktop_answer_locked (self, task))
    return TRUE;
  if (self->unreadable)
    g_task_return_new_error (task, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "disk I/O error");
  return self->unreadable;
}

void
kith_desktop_submit_async (KithDesktop *self, const char *op, JsonObject *args, gint64 undo_ms, const char *draft,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  JsonObject *entry;

  if (fake_desktop_answer_locked (self, task))
    return;
  /* Apart: what somebody looked at is not what they did. */
  if (g_str_equal (op, "audit.record"))
    {
      fake_desktop_note (self, args);
      if (!fake_desktop_holds (self, task))
        g_task_return_pointer (task, g_strdup ("op-noted"), g_free);
      return;
    }
  entry = json_object_new ();
  json_object_set_string_member (entry, "op", op);
  json_object_set_object_member (entry, "args", json_object_ref (args));
  json_object_set_int_member (entry, "undo_ms", undo_ms);
  g_ptr_array_add (self->submitted, entry);
  if (fake_desktop_holds (self, task))
    return;
  if (self->refuse)
    {
      g_task_return_new_error (task, KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", self->refuse);
      g_clear_pointer (&self->refuse, g_free);
      return;
    }
  if (draft)
    {
      g_autofree char *id = g_strdup_printf ("op-%u", self->submitted->len);

      fake_drafts_end (self, draft, undo_ms > 0 ? id : NULL);
    }
  fake_desktop_carry_out (self, op, args);
  g_object_set_data_full (G_OBJECT (task), "now", fake_network_now (self, op, args), (GDestroyNotify) json_object_unref);
  g_task_return_pointer (task, g_strdup_printf ("op-%u", self->submitted->len), g_free);
}

void
kith_desktop_submit_asked_async (KithDesktop *self, const char *op, JsonObject *args, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (g_str_equal (op, "audit.record"))
    fake_desktop_note (self, args);
  else
    g_ptr_array_add (self->submitted, kith_json_new ("op", "s", op, "args", "o", json_object_ref (args), "undo_ms", "i", (gint64) 0, NULL));
  if (self->refuse)
    g_task_return_new_error (task, KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", self->refuse);
  else if (!fake_desktop_holds (self, task))
    g_task_return_pointer (task, g_strdup ("op-asked"), g_free);
  g_clear_pointer (&self->refuse, g_free);
}

gboolean
kith_desktop_submit_asked_finish (KithDesktop *self, GAsyncResult *result, gboolean *told, GError **error)
{
  g_autofree char *op = g_task_propagate_pointer (G_TASK (result), error);
  *told = self->offline_since == 0;
  return op != NULL;
}

char *
kith_desktop_submit_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonObject *
kith_desktop_submit_get_now (KithDesktop *self, GAsyncResult *result)
{
  return g_object_get_data (G_OBJECT (result), "now");
}

void
kith_desktop_store_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  gpointer answer = NULL;
  gboolean answered = fake_desktop_answer_unreadable (self, task);

  if (!answered)
    answer = job (self, data, cancellable, &error);
  g_task_set_check_cancellable (task, FALSE); /* as the real one: an answer that is there is handed over, or it would leak */
  if (destroy)
    destroy (data);
  if (answered)
    return;
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, NULL);
}

void
kith_desktop_read_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_store_async (self, job, data, destroy, cancellable, callback, user_data);
}

gpointer
kith_desktop_job_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const KithActor *
kith_desktop_get_actor (KithDesktop *self)
{
  return self->unlocked ? &self->actor : NULL;
}

JsonObject *
fake_desktop_get_data (KithDesktop *self)
{
  return self->data;
}

JsonArray *
fake_desktop_list (KithDesktop *self, const char *query)
{
  return self->empty ? NULL : kith_json_array (self->data, query);
}
