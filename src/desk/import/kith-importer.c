/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-importer.h"

#include "kith-store-import.h"

struct _KithImporter
{
  GObject parent_instance;
  KithContext *context; /* borrowed: it holds this */
  gboolean busy, again;
};

G_DEFINE_FINAL_TYPE (KithImporter, kith_importer, G_TYPE_OBJECT)

enum
{
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gboolean more, running;
} Step;

static gpointer
step_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Step *step = g_new0 (Step, 1);
  g_autofree char *id = NULL;

  if (!kith_store_import_step (store, &step->more, &id, error))
    g_clear_pointer (&step, g_free);
  else
    step->running = id != NULL;
  return step;
}

static void
stepped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithImporter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Step *step = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  gboolean again = self->again;

  self->busy = self->again = FALSE;
  /* Locked, or the disk is full: nothing is lost, and the next change tries again. */
  if (!step || !self->context)
    return;
  if (step->running)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  if (step->more || (again && step->running))
    kith_importer_wake (self);
}

void
kith_importer_wake (KithImporter *self)
{
  self->again = self->busy;
  if (self->busy)
    return;
  self->busy = TRUE;
  kith_desktop_store_async (kith_context_get_desktop (self->context), step_job, NULL, NULL, NULL, stepped_cb, g_object_ref (self));
}

/* "op": the outbox, so the hub may have answered. */
static void
changed_cb (KithImporter      *self,
            const char *const *kinds)
{
  if (!kinds || !*kinds || g_strv_contains (kinds, "op"))
    kith_importer_wake (self);
}

static void
kith_importer_class_init (KithImporterClass *klass)
{
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_importer_init (KithImporter *self)
{
}

KithImporter *
kith_importer_get (KithContext *context)
{
  KithImporter *self = g_object_get_data (G_OBJECT (context), "importer");

  if (self)
    return self;
  self = g_object_new (KITH_TYPE_IMPORTER, NULL);
  self->context = context;
  g_object_add_weak_pointer (G_OBJECT (context), (gpointer *) &self->context);
  g_object_set_data_full (G_OBJECT (context), "importer", self, g_object_unref);
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  kith_importer_wake (self);
  return self;
}
