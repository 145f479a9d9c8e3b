/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-health-form.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-id.h"
#include "kith-page.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"

struct _KithHealthForm
{
  KithForm parent_instance;
  char *client;
  JsonObject *before; /* as its author saw it; NULL: nothing was recorded */
  gboolean ready;     /* before is known: of the record, or of the draft that goes on */
  GtkWidget *clamp;
  KithFieldRows *rows;
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithHealthForm, kith_health_form, KITH_TYPE_FORM)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithHealthForm) self = user_data;
  KithForm *form = KITH_FORM (self);
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    kith_form_refused (form, KITH_CONTEXT (source), error);
  else if (kith_form_get_context (form)) /* not locked or left meanwhile */
    kith_form_done (form, self->client);
}

static void
kith_health_form_commit (KithForm *form)
{
  KithHealthForm *self = KITH_HEALTH_FORM (form);
  g_autofree char *problem = self->ready ? kith_field_rows_check (self->rows) : g_strdup (_("This part of the record is not here. Nothing was saved."));
  g_autofree char *id = kith_id_natural ("client_health", self->client), *done = NULL;
  JsonObject *set;
  GPtrArray *steps;

  if (problem)
    {
      kith_form_tell (form, problem);
      return;
    }
  set = json_object_new ();
  kith_field_rows_add_changes (self->rows, self->before, set);
  if (json_object_get_size (set) == 0)
    {
      json_object_unref (set);
      kith_form_drop_draft (form);
      kith_form_done (form, self->client);
      return;
    }
  steps = kith_store_steps_new ();
  g_ptr_array_add (steps, kith_store_step_new ("record.patch", kith_json_new ("t", "s", "client_health", "id", "s", id, "client", "s", self->client,
                                                                              "set", "o", set, NULL), FALSE));
  done = kith_page_done (GTK_WIDGET (self), _("Health information saved"));
  kith_form_submit (form, steps, done, saved_cb, g_object_ref (self));
}

/* With what was there when it was begun: what others change until it is gone on with is merged field by field, not undone. */
static JsonObject *
kith_health_form_collect (KithForm *form)
{
  KithHealthForm *self = KITH_HEALTH_FORM (form);
  JsonObject *draft = json_object_new (), *values = json_object_new ();

  kith_field_rows_collect (self->rows, values, TRUE);
  json_object_set_object_member (draft, "values", values);
  if (self->before)
    json_object_set_object_member (draft, "before", json_object_ref (self->before));
  return draft;
}

static void
kith_health_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithHealthForm *self = KITH_HEALTH_FORM (form);
  JsonObject *before = kith_json_object (draft, "before"), *values = kith_json_object (draft, "values");

  if (!values)
    return;
  self->ready = TRUE;
  g_clear_pointer (&self->before, json_object_unref);
  self->before = before ? json_object_ref (before) : NULL;
  kith_field_rows_show (self->rows, values);
}

/* Taken once. No row: this person may not see it. */
static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithHealthForm *self = user_data;
  KithRow *row = rows->len > 0 && kith_row_get_int (rows->pdata[0], "own") != 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;

  gtk_widget_set_visible (self->clamp, row != NULL);
  if (!self->ready) /* what was here and has gone is told of by the form */
    kith_form_tell (KITH_FORM (self), row ? NULL : _("This client’s health information is hidden by consent, or not on this computer yet. There is nothing to change."));
  if (!row || self->ready)
    return;
  self->ready = TRUE;
  self->before = body ? json_object_ref (body) : NULL;
  if (!body || !kith_form_begin_fill (KITH_FORM (self)))
    return;
  kith_field_rows_show (self->rows, body);
  kith_form_end_fill (KITH_FORM (self));
}

static void
touched_cb (KithHealthForm *self)
{
  if (kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

static void
kith_health_form_dispose (GObject *object)
{
  KithHealthForm *self = KITH_HEALTH_FORM (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->client, g_free);
  G_OBJECT_CLASS (kith_health_form_parent_class)->dispose (object);
}

static void
kith_health_form_class_init (KithHealthFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_health_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_health_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_health_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_health_form_restore;
}

static void
kith_health_form_init (KithHealthForm *self)
{
}

GtkWidget *
kith_health_form_new (KithContext *context,
                      const char  *client)
{
  static const char *const kinds[] = { "client_health", NULL };
  static KithFieldRows *const none[] = { NULL };
  KithHealthForm *self = g_object_new (KITH_TYPE_HEALTH_FORM, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autofree char *place = g_strconcat ("health:", client, NULL);
  g_autofree char *scope = g_strconcat ("client_health:", client, NULL);

  self->client = g_strdup (client);
  self->rows = KITH_FIELD_ROWS (kith_field_rows_new_rest (context, kith_kind_get ("client_health"), none));
  self->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), 600);
  gtk_widget_set_margin_start (self->clamp, 16);
  gtk_widget_set_margin_end (self->clamp, 16);
  gtk_widget_set_margin_top (self->clamp, 16);
  gtk_widget_set_margin_bottom (self->clamp, 24);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), GTK_WIDGET (self->rows));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->clamp);
  kith_form_set_content (KITH_FORM (self), scrolled);
  /* The record first, so that a draft restored later lies over it. */
  self->watch = kith_watch_new (context, "client-health", kinds, client, rows_cb, self);
  kith_form_set_up (KITH_FORM (self), context, place, place, scope, _("Health Information"), _("Save"));
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (touched_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
