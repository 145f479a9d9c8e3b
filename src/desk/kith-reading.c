/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-reading.h"

#define READ_MS 1500

static guint moment_ms = READ_MS;

struct _KithReading
{
  GObject parent_instance;
  KithContext *context;
  GtkWidget *content;
  const char *kind; /* interned */
  char *record, *client;
  guint read_id;
};

G_DEFINE_FINAL_TYPE (KithReading, kith_reading, G_TYPE_OBJECT)

static gboolean
read_cb (gpointer data)
{
  KithReading *self = data;

  self->read_id = 0;
  kith_context_audit (self->context, "opened", self->client, self->kind, self->record, NULL);
  return G_SOURCE_REMOVE;
}

static void
stop (KithReading *self)
{
  g_clear_handle_id (&self->read_id, g_source_remove);
}

static void
start (KithReading *self)
{
  if (self->record && !self->read_id && gtk_widget_get_mapped (self->content))
    self->read_id = g_timeout_add (moment_ms, read_cb, self);
}

static void
kith_reading_dispose (GObject *object)
{
  KithReading *self = KITH_READING (object);

  stop (self);
  if (self->content)
    g_signal_handlers_disconnect_by_data (self->content, self);
  self->content = NULL;
  g_clear_object (&self->context);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->client, g_free);
  G_OBJECT_CLASS (kith_reading_parent_class)->dispose (object);
}

static void
kith_reading_class_init (KithReadingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_reading_dispose;
}

static void
kith_reading_init (KithReading *self)
{
}

/**
 * kith_reading_new:
 * @content: borrowed: what is in sight while the record is; outlives this
 *
 * Returns: (transfer full): nothing is shown yet
 */
KithReading *
kith_reading_new (KithContext *context,
                  GtkWidget   *content)
{
  KithReading *self = g_object_new (KITH_TYPE_READING, NULL);

  self->context = g_object_ref (context);
  self->content = content;
  g_signal_connect_swapped (content, "map", G_CALLBACK (start), self);
  g_signal_connect_swapped (content, "unmap", G_CALLBACK (stop), self);
  return self;
}

/**
 * kith_reading_show:
 * @kind: (nullable): of the record
 * @record: (nullable): its id; %NULL: nothing is shown
 * @client: (nullable): whose it is
 */
void
kith_reading_show (KithReading *self,
                   const char  *kind,
                   const char  *record,
                   const char  *client)
{
  if (g_strcmp0 (self->record, record) == 0 && g_strcmp0 (self->client, client) == 0)
    return;
  stop (self);
  self->kind = g_intern_string (kind);
  g_free (self->record);
  self->record = g_strdup (record);
  g_free (self->client);
  self->client = g_strdup (client);
  start (self);
}

/**
 * kith_reading_set_moment:
 * @ms: for all that are shown from now on; 0: as long as it is taken to be read
 */
void
kith_reading_set_moment (guint ms)
{
  moment_ms = ms > 0 ? ms : READ_MS;
}
