/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-form.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-shortcuts.h"

typedef struct
{
  KithContext *context;
  char *place, *draft_key;
  AdwWindowTitle *title;
  GtkButton *commit_button;
  GtkBox *header_widgets;
  GtkRevealer *draft_strip, *problem_strip;
  GtkLabel *draft_label, *problem_label;
  AdwBin *content;
  GCancellable *cancellable;
  guint save_id;
  gboolean restoring, touched, busy;
} KithFormPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithForm, kith_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define SAVE_AFTER_MS 500

typedef struct
{
  char *key;
  JsonObject *draft;
} DraftJob;

static void
draft_job_free (gpointer data)
{
  DraftJob *job = data;

  g_free (job->key);
  g_clear_pointer (&job->draft, json_object_unref);
  g_free (job);
}

static gpointer
save_draft_job (gpointer      store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  DraftJob *job = data;

  kith_store_save_draft (store, job->key, NULL, job->draft, error);
  return NULL;
}

/* draft: transfer full; NULL drops it. */
static void
save_draft (KithForm   *self,
            JsonObject *draft)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);
  DraftJob *job = g_new0 (DraftJob, 1);

  job->key = g_strdup (priv->draft_key);
  job->draft = draft;
  kith_desktop_store_async (kith_context_get_desktop (priv->context), save_draft_job, job, draft_job_free, NULL, NULL, NULL);
}

void
kith_form_flush (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (!priv->touched)
    return;
  g_clear_handle_id (&priv->save_id, g_source_remove);
  save_draft (self, KITH_FORM_GET_CLASS (self)->collect (self));
  priv->touched = FALSE;
}

static gboolean
save_cb (gpointer user_data)
{
  KithFormPrivate *priv = kith_form_get_instance_private (user_data);

  priv->save_id = 0;
  kith_form_flush (user_data);
  return G_SOURCE_REMOVE;
}

void
kith_form_touch (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (priv->restoring)
    return;
  priv->touched = TRUE;
  g_clear_handle_id (&priv->save_id, g_source_remove);
  priv->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
  kith_form_tell (self, NULL);
}

void
kith_form_drop_draft (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  g_clear_handle_id (&priv->save_id, g_source_remove);
  priv->touched = FALSE;
  save_draft (self, NULL);
}

typedef struct
{
  char *key;
  JsonObject *draft;
  gint64 saved_ms;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_free (loaded->key);
  g_clear_pointer (&loaded->draft, json_object_unref);
  g_free (loaded);
}

/* The answer is a Loaded of its own: the job's data goes with the job. */
static gpointer
load_draft_job (gpointer      store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  gint64 saved_ms = 0;
  JsonObject *draft = kith_store_load_draft (store, data, &saved_ms, error);
  Loaded *loaded;

  if (!draft)
    return NULL;
  loaded = g_new0 (Loaded, 1);
  loaded->draft = draft;
  loaded->saved_ms = saved_ms;
  return loaded;
}

static void
draft_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (KithForm) self = user_data;
  KithFormPrivate *priv = kith_form_get_instance_private (self);
  Loaded *loaded = kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (loaded && priv->context && !priv->touched)
    {
      when = kith_format_when (loaded->saved_ms, kith_context_get_now (priv->context));
      text = g_strdup_printf (_("Draft from %s restored"), when);
      priv->restoring = TRUE;
      KITH_FORM_GET_CLASS (self)->restore (self, loaded->draft);
      priv->restoring = FALSE;
      gtk_label_set_text (priv->draft_label, text);
      gtk_revealer_set_reveal_child (priv->draft_strip, TRUE);
    }
  g_clear_pointer (&loaded, loaded_free);
}

static void
discard_draft_cb (KithForm *self)
{
  kith_form_drop_draft (self);
  kith_form_done (self, NULL);
}

void
kith_form_done (KithForm   *self,
                const char *id)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0, id ? id : "");
}

void
kith_form_tell (KithForm   *self,
                const char *problem)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (problem)
    gtk_label_set_text (priv->problem_label, problem);
  gtk_revealer_set_reveal_child (priv->problem_strip, problem != NULL);
}

void
kith_form_set_busy (KithForm *self,
                    gboolean  busy)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  priv->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (priv->commit_button), !busy);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithFormPrivate *priv = kith_form_get_instance_private (KITH_FORM (widget));

  if (!priv->busy)
    KITH_FORM_GET_CLASS (widget)->commit (KITH_FORM (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_form_flush (KITH_FORM (widget));
  kith_form_done (KITH_FORM (widget), NULL);
}

static void
kith_form_dispose (GObject *object)
{
  KithFormPrivate *priv = kith_form_get_instance_private (KITH_FORM (object));

  g_clear_handle_id (&priv->save_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_FORM);
  g_clear_object (&priv->context);
  g_clear_pointer (&priv->place, g_free);
  g_clear_pointer (&priv->draft_key, g_free);
  G_OBJECT_CLASS (kith_form_parent_class)->dispose (object);
}

static void
kith_form_class_init (KithFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_form_dispose;
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/kith-form.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, title);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, commit_button);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, header_widgets);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, draft_strip);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, draft_label);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, problem_strip);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, problem_label);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, content);
  gtk_widget_class_bind_template_callback (widget_class, discard_draft_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_form_init (KithForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kith_form_set_up (KithForm    *self,
                  KithContext *context,
                  const char  *place,
                  const char  *draft_key,
                  const char  *title,
                  const char  *verb)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  priv->context = g_object_ref (context);
  priv->place = g_strdup (place);
  priv->draft_key = g_strdup (draft_key);
  adw_window_title_set_title (priv->title, title);
  gtk_button_set_label (priv->commit_button, verb);
  kith_desktop_store_async (kith_context_get_desktop (context), load_draft_job, g_strdup (draft_key), g_free, NULL, draft_loaded_cb,
                            g_object_ref (self));
}

KithContext *
kith_form_get_context (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->context;
}

const char *
kith_form_get_place (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->place;
}

void
kith_form_set_content (KithForm  *self,
                       GtkWidget *content)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  adw_bin_set_child (priv->content, content);
}

void
kith_form_add_header_widget (KithForm  *self,
                             GtkWidget *widget)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_box_append (priv->header_widgets, widget);
}
