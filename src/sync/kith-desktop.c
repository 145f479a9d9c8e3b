/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main thread's side: properties and signals. What changes them is told by the worker (kith-desktop-news.c). Nothing here blocks. */

#include "kith-desktop-private.h"

G_DEFINE_FINAL_TYPE (KithDesktop, kith_desktop, G_TYPE_OBJECT)

enum
{
  PROP_SIGNED_IN = 1,
  PROP_UNLOCKED,
  PROP_SYNC_STATE,
  PROP_WAITING,
  PROP_ATTENTION,
  PROP_LAST_CONTACT,
  PROP_FILLING,
  PROP_REFOUND,
  PROP_REFIND_TROUBLE,
  PROP_OFFLINE_SINCE,
  PROP_TROUBLE,
  PROP_TRIED,
  PROP_NEXT_TRY,
  PROP_USER_NAME,
  PROP_AGENCY_NAME,
  PROP_PASSWORD_CHANGED,
  PROP_ACCOUNT_CLOSED,
  PROP_COMPUTER_REVOKED,
  PROP_UNREAD,
  PROP_DAMAGE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
kith_desktop_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KithDesktop *self = KITH_DESKTOP (object);

  switch (id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
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
      g_value_set_int64 (value, self->last_contact_ms);
      break;
    case PROP_FILLING:
      g_value_set_boolean (value, self->filling);
      break;
    case PROP_REFOUND:
      g_value_set_int (value, self->refound);
      break;
    case PROP_REFIND_TROUBLE:
      g_value_set_string (value, self->refind_trouble);
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since_ms);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_NEXT_TRY:
      g_value_set_int64 (value, self->next_ms);
      break;
    case PROP_TRIED:
      g_value_set_int64 (value, self->tried_ms);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, self->actor != NULL ? self->actor->name : NULL);
      break;
    case PROP_AGENCY_NAME:
      g_value_set_string (value, self->actor != NULL ? self->actor->agency_name : NULL);
      break;
    case PROP_PASSWORD_CHANGED:
      g_value_set_boolean (value, self->password_changed);
      break;
    case PROP_ACCOUNT_CLOSED:
      g_value_set_boolean (value, self->closed != KITH_CLOSED_NOT);
      break;
    case PROP_COMPUTER_REVOKED:
      g_value_set_boolean (value, self->closed == KITH_CLOSED_COMPUTER);
      break;
    case PROP_DAMAGE:
      g_value_set_string (value, self->damage);
      break;
    case PROP_UNREAD:
      g_value_set_boolean (value, kith_reads_any_failed (self->reads));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* On the worker. */
gpointer
kith_desktop_close_job (gpointer data, GCancellable *cancellable, GError **error)
{
  kith_session_close (data);
  return NULL;
}

static gboolean
unref_cb (gpointer object)
{
  g_object_unref (object);
  return G_SOURCE_REMOVE;
}

/* The threads are joined here, so this must not run on one of them: then the last reference is dropped in the main context. */
static void
kith_desktop_dispose (GObject *object)
{
  KithDesktop *self = KITH_DESKTOP (object);

  if (self->worker != NULL && g_main_context_is_owner (kith_db_thread_get_context (self->worker)))
    {
      g_main_context_invoke (self->main, unref_cb, g_object_ref (self));
      return;
    }
  if (self->worker != NULL)
    {
      kith_db_thread_run (self->worker, kith_desktop_close_job, self, NULL);
      kith_db_thread_stop (self->worker);
      kith_db_thread_stop (self->reader);
    }
  g_clear_object (&self->worker);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (kith_desktop_parent_class)->dispose (object);
}

static void
kith_desktop_finalize (GObject *object)
{
  KithDesktop *self = KITH_DESKTOP (object);

  if (self->factory_destroy != NULL)
    self->factory_destroy (self->factory_data);
  g_clear_pointer (&self->actor, kith_actor_free);
  g_clear_pointer (&self->main, g_main_context_unref);
  g_clear_pointer (&self->reads, kith_reads_free);
  g_clear_object (&self->clock);
  g_free (self->data_dir);
  g_free (self->kept);
  g_free (self->damage);
  g_free (self->trouble);
  g_free (self->refind_trouble);
  g_clear_pointer (&self->former, kith_password_free);
  G_OBJECT_CLASS (kith_desktop_parent_class)->finalize (object);
}

static void
kith_desktop_class_init (KithDesktopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = kith_desktop_get_property;
  object_class->dispose = kith_desktop_dispose;
  object_class->finalize = kith_desktop_finalize;

  props[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  props[PROP_UNLOCKED] = g_param_spec_boolean ("unlocked", NULL, NULL, FALSE, flags);
  props[PROP_SYNC_STATE] = g_param_spec_int ("sync-state", NULL, NULL, 0, KITH_SYNC_SIGN_IN, 0, flags);
  props[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ATTENTION] = g_param_spec_uint ("attention", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LAST_CONTACT] = g_param_spec_int64 ("last-contact", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_FILLING] = g_param_spec_boolean ("filling", NULL, NULL, FALSE, flags); /* what the hub has for this person is not all here yet */
  props[PROP_REFOUND] = g_param_spec_int ("refound", NULL, NULL, 0, 100, 100, flags); /* percent that searching finds in this Kith's way */
  props[PROP_REFIND_TROUBLE] = g_param_spec_string ("refind-trouble", NULL, NULL, NULL, flags); /* why it does not go on with that; NULL: it does, or is done */
  props[PROP_OFFLINE_SINCE] = g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  props[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_TRIED] = g_param_spec_int64 ("tried", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_USER_NAME] = g_param_spec_string ("user-name", NULL, NULL, NULL, flags);
  props[PROP_AGENCY_NAME] = g_param_spec_string ("agency-name", NULL, NULL, NULL, flags);
  props[PROP_PASSWORD_CHANGED] = g_param_spec_boolean ("password-changed", NULL, NULL, FALSE, flags);
  /* By the hub: nothing it told is left here. */
  props[PROP_ACCOUNT_CLOSED] = g_param_spec_boolean ("account-closed", NULL, NULL, FALSE, flags);
  props[PROP_COMPUTER_REVOKED] = g_param_spec_boolean ("computer-revoked", NULL, NULL, FALSE, flags);
  props[PROP_UNREAD] = g_param_spec_boolean ("unread", NULL, NULL, FALSE, flags);
  props[PROP_DAMAGE] = g_param_spec_string ("damage", NULL, NULL, NULL, flags); /* a sentence; everything is to be locked then */
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_signal_new ("changed", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  g_signal_new ("outcome", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("lock-asked", KITH_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
}

static void
kith_desktop_init (KithDesktop *self)
{
  self->reads = kith_reads_new (G_OBJECT (self), "unread");
  self->refound = 100;
}

KithDesktop *
kith_desktop_new (const char *data_dir, KithClock *clock)
{
  KithDesktop *self = g_object_new (KITH_TYPE_DESKTOP, NULL);

  self->data_dir = g_strdup (data_dir);
  self->clock = g_object_ref (clock);
  self->main = g_main_context_ref_thread_default ();
  self->worker = kith_db_thread_new ("kith-store");
  self->reader = kith_db_thread_new ("kith-reader");
  kith_db_thread_load_queries (self->reader, KITH_DESKTOP_QUERIES); /* while the windows are made and the password is typed */
  return self;
}

void
kith_desktop_set_transport_factory (KithDesktop *self, KithTransportFactory factory, gpointer user_data, GDestroyNotify destroy)
{
  if (self->factory_destroy != NULL)
    self->factory_destroy (self->factory_data);
  self->factory = factory;
  self->factory_data = user_data;
  self->factory_destroy = destroy;
}

gboolean
kith_desktop_has_store (KithDesktop *self, char **login, char **hub_url)
{
  return kith_desktop_last_place (self, hub_url, login);
}

gboolean
kith_desktop_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const KithActor *
kith_desktop_get_actor (KithDesktop *self)
{
  return self->actor;
}
