/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-open-clients.h"

#include "kith-format.h"

struct _KithOpenClients
{
  GObject parent_instance;
  KithContext *context;
  GPtrArray *clients;    /* (element-type KithOpenClient) */
  KithOpenClient *shown; /* one of them; NULL: none */
  KithOpenClient *aside; /* chosen or opened, and not kept, while others are looked at from the list in its place; NULL: none */
  guint used, sweep_id;
};

G_DEFINE_FINAL_TYPE (KithOpenClients, kith_open_clients, G_TYPE_OBJECT)

#define SAVED_CLIENT "(sbmsmsa{sx})" /* id, kept, form, part, how far each is scrolled */
#define SAVED "(msa" SAVED_CLIENT ")" /* who was shown */

enum
{
  SIGNAL_CHANGED,
  SIGNAL_GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
client_free (gpointer data)
{
  KithOpenClient *client = data;

  g_clear_object (&client->watch);
  g_free (client->id);
  g_free (client->name);
  g_free (client->form);
  g_free (client->part);
  g_clear_pointer (&client->scrolled, g_hash_table_unref);
  g_free (client);
}

static KithOpenClient *
client_new (KithOpenClients *self,
            const char      *id)
{
  KithOpenClient *client = g_new0 (KithOpenClient, 1);

  client->owner = self;
  client->id = g_strdup (id);
  return client;
}

static int
index_of (KithOpenClients *self,
          KithOpenClient  *client)
{
  guint i;

  return client && g_ptr_array_find (self->clients, client, &i) ? (int) i : -1;
}

static guint
count_kept (KithOpenClients *self)
{
  guint n = 0;

  for (guint i = 0; i < self->clients->len; i++)
    n += kith_open_clients_get (self, i)->kept;
  return n;
}

/* Not kept: there is one at most. */
static KithOpenClient *
passing (KithOpenClients *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (!kith_open_clients_get (self, i)->kept)
      return kith_open_clients_get (self, i);
  return NULL;
}

static void changed (KithOpenClients *self);

/* Not from within what tells of it, nor while the tabs are gone through. */
static gboolean
sweep_cb (gpointer user_data)
{
  g_autoptr (KithOpenClients) self = g_object_ref (user_data);

  self->sweep_id = 0;
  for (guint i = self->clients->len; i > 0; i--)
    {
      KithOpenClient *client = kith_open_clients_get (self, i - 1);

      if (!client->gone || client == self->shown)
        continue;
      g_ptr_array_remove_index (self->clients, i - 1);
      g_signal_emit (self, signals[SIGNAL_GONE], 0);
    }
  changed (self);
  return G_SOURCE_REMOVE;
}

/* One that is shown and was never here may still come: its page says so. */
static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithOpenClient *client = user_data;
  KithOpenClients *self = client->owner;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  g_free (client->name);
  client->name = body ? kith_format_client_name (body) : NULL;
  client->gone = !body && (client->seen || client != self->shown);
  client->seen |= body != NULL;
  if (client->gone && client != self->shown && !self->sweep_id)
    self->sweep_id = g_idle_add (sweep_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
unwatch (KithOpenClient *client)
{
  g_clear_object (&client->watch);
  g_clear_pointer (&client->name, g_free);
  client->gone = FALSE; /* nobody knows */
}

/* While there are no tabs in sight nothing is read for them, and no name is kept. */
static void
changed (KithOpenClients *self)
{
  static const char *const kinds[] = { "client", "care", NULL };
  gboolean several = kith_open_clients_are_several (self);

  for (guint i = 0; i < self->clients->len; i++)
    {
      KithOpenClient *client = kith_open_clients_get (self, i);

      if (several && !client->watch)
        client->watch = kith_watch_new (self->context, "client", kinds, client->id, client_cb, client);
      else if (!several)
        unwatch (client);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
kith_open_clients_dispose (GObject *object)
{
  KithOpenClients *self = KITH_OPEN_CLIENTS (object);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  self->shown = NULL;
  g_clear_pointer (&self->aside, client_free);
  g_ptr_array_set_size (self->clients, 0);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_open_clients_parent_class)->dispose (object);
}

static void
kith_open_clients_finalize (GObject *object)
{
  g_ptr_array_unref (KITH_OPEN_CLIENTS (object)->clients);
  G_OBJECT_CLASS (kith_open_clients_parent_class)->finalize (object);
}

static void
kith_open_clients_class_init (KithOpenClientsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_open_clients_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_open_clients_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_open_clients_init (KithOpenClients *self)
{
  self->clients = g_ptr_array_new_with_free_func (client_free);
}

/* Returns: (transfer full): nobody is open yet */
KithOpenClients *
kith_open_clients_new (KithContext *context)
{
  KithOpenClients *self = g_object_new (KITH_TYPE_OPEN_CLIENTS, NULL);

  self->context = g_object_ref (context);
  return self;
}

guint
kith_open_clients_get_n (KithOpenClients *self)
{
  return self->clients->len;
}

KithOpenClient *
kith_open_clients_get (KithOpenClients *self,
                       guint            i)
{
  return self->clients->pdata[i];
}

KithOpenClient *
kith_open_clients_find (KithOpenClients *self,
                        const char      *id)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (g_strcmp0 (kith_open_clients_get (self, i)->id, id) == 0)
      return kith_open_clients_get (self, i);
  return NULL;
}

KithOpenClient *
kith_open_clients_get_shown (KithOpenClients *self)
{
  return self->shown;
}

KithOpenClient *
kith_open_clients_get_last (KithOpenClients *self)
{
  KithOpenClient *last = NULL;

  for (guint i = 0; i < self->clients->len; i++)
    {
      KithOpenClient *client = kith_open_clients_get (self, i);

      if (client != self->shown && (!last || client->used > last->used))
        last = client;
    }
  return last;
}

KithOpenClient *
kith_open_clients_get_next (KithOpenClients *self,
                            int              by)
{
  int n = (int) self->clients->len, i = index_of (self, self->shown);

  if (n == 0)
    return NULL;
  return kith_open_clients_get (self, (guint) (i < 0 ? (by > 0 ? 0 : n - 1) : (i + by + n) % n));
}

gboolean
kith_open_clients_are_several (KithOpenClients *self)
{
  return count_kept (self) > 0 && self->clients->len > (self->shown ? 1 : 0);
}

/* Of two who were on the screen and are not kept, the one to be kept when another is opened beside. */
static gboolean
comes_before (KithOpenClient *client,
              KithOpenClient *aside)
{
  return client->how > KITH_LOOKED_AT && !client->gone && (!aside || client->how >= aside->how);
}

/**
 * kith_open_clients_show:
 * @id: (nullable): who is shown from now on; %NULL: nobody
 *
 * In their own tab, if they have one; else in the place of whoever is not kept. One that was chosen or opened is remembered while others are only looked
 * at there.
 */
void
kith_open_clients_show (KithOpenClients *self,
                        const char      *id)
{
  KithOpenClient *left = self->shown, *client, *other;

  self->shown = NULL;
  if (left && left->gone && g_strcmp0 (left->id, id) != 0)
    g_ptr_array_remove (self->clients, left);
  client = id ? kith_open_clients_find (self, id) : NULL;
  other = passing (self);
  if (id && !client)
    {
      int at = index_of (self, other);

      if (self->aside && g_str_equal (self->aside->id, id))
        client = g_steal_pointer (&self->aside);
      else
        client = client_new (self, id);
      if (other && comes_before (other, self->aside))
        {
          g_clear_pointer (&self->aside, client_free);
          self->aside = g_ptr_array_steal_index (self->clients, (guint) at);
          unwatch (self->aside);
        }
      else if (other)
        g_ptr_array_remove_index (self->clients, (guint) at);
      g_ptr_array_insert (self->clients, at, client);
    }
  self->shown = client;
  if (client)
    client->used = ++self->used;
  changed (self);
}

void
kith_open_clients_enter (KithOpenClients *self,
                         KithOpening      how)
{
  if (!self->shown)
    return;
  self->shown->how = MAX (self->shown->how, how);
  if (how == KITH_OPENED && !self->shown->kept)
    g_clear_pointer (&self->aside, client_free);
}

gboolean
kith_open_clients_keep (KithOpenClients *self)
{
  if (!self->shown || (!self->shown->kept && count_kept (self) >= KITH_OPEN_CLIENTS_MOST))
    return FALSE;
  if (!self->shown->kept)
    g_clear_pointer (&self->aside, client_free);
  self->shown->kept = TRUE;
  self->shown->how = KITH_OPENED;
  changed (self);
  return TRUE;
}

/**
 * kith_open_clients_open:
 * @id: who is to be shown next, beside who was open until now: both are kept
 *
 * Returns: %FALSE: there would be too many, and nothing has changed
 */
gboolean
kith_open_clients_open (KithOpenClients *self,
                        const char      *id)
{
  KithOpenClient *client = kith_open_clients_find (self, id), *other = passing (self), *aside = self->aside, *before;

  if (!client && aside && g_str_equal (aside->id, id))
    client = aside;
  /* Who was open: not who was only passed, or pressed, in the list on the way to this one; who is on the screen, where nobody was opened before. */
  if (aside && other && other->how < KITH_OPENED)
    before = aside;
  else
    before = other == self->shown && other && !other->gone ? other : NULL;
  if (before == client)
    before = NULL;
  if (count_kept (self) + (client && client->kept ? 0 : 1) + (before ? 1 : 0) > KITH_OPEN_CLIENTS_MOST)
    return FALSE;
  if (aside && (aside == before || aside == client))
    g_ptr_array_insert (self->clients, index_of (self, other), aside);
  else
    g_clear_pointer (&aside, client_free);
  self->aside = NULL;
  if (before)
    before->kept = TRUE;
  if (!client)
    g_ptr_array_add (self->clients, client = client_new (self, id));
  client->kept = TRUE;
  client->how = KITH_OPENED;
  client->used = ++self->used;
  changed (self);
  return TRUE;
}

void
kith_open_clients_close (KithOpenClients *self,
                         const char      *id)
{
  KithOpenClient *client = kith_open_clients_find (self, id);

  if (!client)
    return;
  if (client == self->shown)
    self->shown = NULL;
  if (!client->kept)
    g_clear_pointer (&self->aside, client_free);
  g_ptr_array_remove (self->clients, client);
  changed (self);
}

/**
 * kith_open_clients_save:
 *
 * Over a lock, as the place one comes back to: what says nothing to whoever has not unlocked what is kept here.
 */
GVariant *
kith_open_clients_save (KithOpenClients *self)
{
  GVariantBuilder clients;

  if (self->clients->len == 0)
    return NULL;
  g_variant_builder_init (&clients, G_VARIANT_TYPE ("a" SAVED_CLIENT));
  for (guint i = 0; i < self->clients->len; i++)
    {
      KithOpenClient *client = kith_open_clients_get (self, i);
      GHashTableIter iter;
      gpointer part, place;

      if (client->gone)
        continue;
      g_variant_builder_open (&clients, G_VARIANT_TYPE (SAVED_CLIENT));
      g_variant_builder_add (&clients, "s", client->id);
      g_variant_builder_add (&clients, "b", client->kept);
      g_variant_builder_add (&clients, "ms", client->form);
      g_variant_builder_add (&clients, "ms", client->part);
      g_variant_builder_open (&clients, G_VARIANT_TYPE ("a{sx}"));
      if (client->scrolled)
        g_hash_table_iter_init (&iter, client->scrolled);
      while (client->scrolled && g_hash_table_iter_next (&iter, &part, &place))
        g_variant_builder_add (&clients, "{sx}", part, *(gint64 *) place);
      g_variant_builder_close (&clients);
      g_variant_builder_close (&clients);
    }
  return g_variant_ref_sink (g_variant_new (SAVED, self->shown ? self->shown->id : NULL, &clients));
}

const char *
kith_open_clients_restore (KithOpenClients *self,
                           GVariant        *saved)
{
  g_autoptr (GVariantIter) clients = NULL;
  const char *shown, *id, *form, *part;
  GVariantIter *scrolled;
  gboolean kept;

  g_variant_get (saved, "(m&sa" SAVED_CLIENT ")", &shown, &clients);
  while (g_variant_iter_next (clients, "(&sbm&sm&sa{sx})", &id, &kept, &form, &part, &scrolled))
    {
      KithOpenClient *client = client_new (self, id);
      char *name;
      gint64 place;

      client->kept = kept;
      client->how = KITH_OPENED;
      client->form = g_strdup (form);
      client->part = g_strdup (part);
      client->scrolled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      while (g_variant_iter_next (scrolled, "{sx}", &name, &place))
        g_hash_table_insert (client->scrolled, name, g_memdup2 (&place, sizeof place));
      g_variant_iter_free (scrolled);
      client->used = ++self->used;
      g_ptr_array_add (self->clients, client);
    }
  changed (self);
  return shown;
}
