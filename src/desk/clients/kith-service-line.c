/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/kith-service-line.h"

#include <glib/gi18n.h>

#include "kith-context-day.h"
#include "kith-draft.h"
#include "kith-ending.h"
#include "kith-format.h"
#include "kith-kind.h"
#include "kith-operation.h"
#include "kith-page.h"
#include "kith-shortcuts.h"
#include "kith-split-page.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-two-sides.h"

#define READABLE 180 /* pixels of ordinary text, of what was given and of how many */

struct _KithServiceLine
{
  AdwBin parent_instance;
  KithContext *context;
  KithDraft *draft;
  KithEnding *ending;
  char *client;
  KithWatch *services_watch, *last_watch;
  GtkWidget *sides;
  AdwBin *what_place, *count_place, *when_place;
  KithFieldRows *rows[3]; /* in the order in which they are gone through */
  AdwComboRow *service;
  GPtrArray *services; /* (element-type utf8): their ids, below "None"; NULL: not read yet */
  char *wanted;        /* which is to be chosen, once they are read */
  GtkLabel *problem;
  GtkButton *commit_button;
  char *said;       /* the note of the one that is being recorded; NULL: none */
  gboolean typed;   /* since it is: the beginning of the next */
  gboolean began;   /* as the last one that was recorded */
  gboolean showing; /* what stands there is set, nobody types it */
};

G_DEFINE_FINAL_TYPE (KithServiceLine, kith_service_line, ADW_TYPE_BIN)

static const char *
service_of (KithServiceLine *self)
{
  guint i = adw_combo_row_get_selected (self->service);

  if (!self->services)
    return self->wanted;
  return i > 0 && i <= self->services->len ? self->services->pdata[i - 1] : NULL;
}

static void
choose_service (KithServiceLine *self,
                const char      *id)
{
  g_autofree char *before = self->wanted;

  self->wanted = g_strdup (id);
  for (guint i = 0; id && self->services && i < self->services->len; i++)
    if (g_str_equal (self->services->pdata[i], id))
      {
        adw_combo_row_set_selected (self->service, i + 1);
        return;
      }
  adw_combo_row_set_selected (self->service, 0);
}

static JsonObject *
collect (KithServiceLine *self,
         gboolean         raw)
{
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    kith_field_rows_collect (self->rows[i], values, raw);
  if (service_of (self))
    json_object_set_string_member (values, "service", service_of (self));
  return values;
}

static JsonObject *
collect_draft (gpointer owner)
{
  return collect (owner, TRUE);
}

static void
tell (KithServiceLine *self,
      const char      *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void
restore (gpointer    owner,
         JsonObject *draft,
         const char *words)
{
  KithServiceLine *self = owner;

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    kith_field_rows_show (self->rows[i], draft);
  choose_service (self, kith_json_string (draft, "service"));
  self->showing = FALSE;
  tell (self, words);
}

static void
typed_cb (KithServiceLine *self)
{
  if (!self->draft || self->showing)
    return;
  tell (self, NULL);
  self->typed = TRUE;
  kith_draft_touch (self->draft);
}

/* How the line begins. */

static void
services_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithServiceLine *self = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (service_of (self));

  g_clear_pointer (&self->services, g_ptr_array_unref);
  self->services = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _("None"));
  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name");

      g_ptr_array_add (self->services, g_strdup (kith_row_get_id (rows->pdata[i])));
      gtk_string_list_append (names, name ? name : "");
    }
  self->showing = TRUE;
  kith_choice_row_set_words (self->service, names);
  choose_service (self, chosen);
  self->showing = FALSE;
}

/* What was recorded last is what is recorded most often: a night again, today. */
static void
last_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithServiceLine *self = user_data;
  KithRow *last = rows->len > 0 ? rows->pdata[0] : NULL;
  g_autofree char *day = kith_format_today (kith_context_get_day_now (self->context));
  g_autoptr (JsonObject) begin = NULL;

  if (self->began) /* by what was just recorded here, or elsewhere meanwhile: the line is somebody's by now */
    return;
  self->began = TRUE;
  begin = kith_json_new ("given_on", "s", day, NULL);
  json_object_set_int_member (begin, "count", last ? MAX (kith_row_get_int (last, "count"), 1) : 1);
  if (last)
    {
      json_object_set_string_member (begin, "type", kith_row_get_text (last, "type"));
      if (kith_row_get_text (last, "service"))
        json_object_set_string_member (begin, "service", kith_row_get_text (last, "service"));
    }
  kith_draft_fill (self->draft, begin);
}

static void
begin_draft (KithServiceLine *self)
{
  g_autofree char *key = g_strdup_printf ("service:client:%s", self->client), *scope = g_strconcat ("client:", self->client, NULL);

  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  self->draft = kith_draft_new (self->context, key, scope, collect_draft, restore, self);
}

/* Recording it */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithServiceLine) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!done && (!self->context || !gtk_widget_get_root (GTK_WIDGET (self)))) /* gone from the window: nobody would read it there */
    kith_context_problem (KITH_CONTEXT (source), _("That was not recorded"), error);
  if (!self->context)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
  if (!done)
    {
      tell (self, error->message);
      return;
    }
  /* The next line is like this one, but for its note; somebody may have begun it. */
  begin_draft (self);
  note = kith_field_rows_get_text (self->rows[2], "note");
  if (self->said && g_strcmp0 (note, self->said) == 0)
    {
      self->showing = TRUE;
      kith_field_rows_set_text (self->rows[2], "note", NULL);
      self->showing = FALSE;
    }
  if (self->typed)
    kith_draft_touch (self->draft);
  else
    tell (self, NULL);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithServiceLine *self = KITH_SERVICE_LINE (widget);
  g_autofree char *problem = NULL, *id = NULL, *done = NULL;
  JsonObject *args;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return; /* under way: the key would record it twice */
  for (guint i = 0; i < G_N_ELEMENTS (self->rows) && !problem; i++)
    problem = kith_field_rows_check (self->rows[i]);
  if (problem)
    {
      tell (self, problem);
      return;
    }
  id = kith_context_new_id (self->context);
  args = collect (self, FALSE);
  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "client", self->client);
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  done = kith_page_done (widget, _("Service recorded"));
  g_free (self->said);
  self->said = g_strdup (kith_json_string (args, "note"));
  self->typed = FALSE;
  kith_draft_submit (self->draft, "service.record", args, done, TRUE, submitted_cb, g_object_ref (self));
  kith_field_rows_focus (self->rows[0], "type"); /* at once: who types quickly is in the next line already */
}

static void
leave (KithServiceLine *self)
{
  GtkWidget *place = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (!place)
    return;
  if (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))) /* else the window looks for a place itself, where no letter acts */
    kith_split_page_open_detail_of (GTK_WIDGET (self));
  kith_service_line_close (ADW_BIN (place));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  leave (KITH_SERVICE_LINE (widget));
}

/* Enter is the line's wherever it is pressed: in a list that is open, or on a button, it means what stands there. */
static gboolean
enter_cb (GtkWidget      *widget,
          guint           keyval,
          guint           keycode,
          GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & gtk_accelerator_get_default_mod_mask ()) || !focus ||
      gtk_widget_get_native (focus) != gtk_widget_get_native (widget) || GTK_IS_BUTTON (focus))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (widget, "form.commit", NULL);
  return GDK_EVENT_STOP;
}

/* What is being typed is its author's, and is not left standing (C4, I6). */
static void
ending_cb (gboolean ended,
           gpointer user_data)
{
  KithServiceLine *self = user_data;

  if (!ended)
    return;
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button))) /* else it is under way, and its answer says what became of it */
    kith_context_toast (self->context, kith_ending_get_words (self->ending));
  leave (self);
}

static void
kith_service_line_dispose (GObject *object)
{
  KithServiceLine *self = KITH_SERVICE_LINE (object);

  g_clear_object (&self->services_watch);
  g_clear_object (&self->last_watch);
  g_clear_object (&self->ending);
  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SERVICE_LINE);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_service_line_parent_class)->dispose (object);
}

static gboolean
kith_service_line_grab_focus (GtkWidget *widget)
{
  return kith_field_rows_focus (KITH_SERVICE_LINE (widget)->rows[0], "type");
}

static void
kith_service_line_class_init (KithServiceLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_service_line_dispose;
  widget_class->grab_focus = kith_service_line_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-service-line.ui");
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, sides);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, what_place);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, count_place);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, when_place);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, service);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, problem);
  gtk_widget_class_bind_template_child (widget_class, KithServiceLine, commit_button);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_service_line_init (KithServiceLine *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->sides, kith_two_sides_new_of (READABLE, 8));
  kith_shortcuts_install_first (GTK_WIDGET (self), "form.commit");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* In a line: more belongs into a note of the case. */
static const KithField note_line = { "note", KITH_FIELD_STRING, N_("Note"), 0, 500 };

/* Rows for these arguments of the operation, so that what is asked is what it takes. */
static KithFieldRows *
rows_new (KithServiceLine   *self,
          AdwBin            *place,
          const char *const *names)
{
  const KithOperation *operation = kith_operation_get ("service.record");
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  GtkWidget *rows;

  for (guint n = 0; names[n]; n++)
    for (guint i = 0; i < operation->n_args; i++)
      if (g_str_equal (operation->args[i].name, names[n]))
        g_ptr_array_add (fields, (gpointer) (g_str_equal (names[n], note_line.name) ? &note_line : &operation->args[i]));
  rows = kith_field_rows_new_fields (self->context, (const KithField *const *) fields->pdata, fields->len);
  adw_bin_set_child (place, rows);
  g_signal_connect_object (rows, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  return KITH_FIELD_ROWS (rows);
}

static GtkWidget *
line_new (KithContext *context,
          const char  *client)
{
  static const char *const what[] = { "type", NULL }, *const count[] = { "count", NULL }, *const when[] = { "given_on", "note", NULL };
  static const char *const service_kinds[] = { "service", NULL }, *const none[] = { NULL };
  KithServiceLine *self = g_object_new (KITH_TYPE_SERVICE_LINE, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);

  self->context = g_object_ref (context);
  self->client = g_strdup (client);
  self->rows[0] = rows_new (self, self->what_place, what);
  self->rows[1] = rows_new (self, self->count_place, count);
  self->rows[2] = rows_new (self, self->when_place, when);
  begin_draft (self);
  self->ending = kith_ending_new (context, scope, ending_cb, self);
  self->services_watch = kith_watch_new (context, "services-own", service_kinds, kith_context_get_agency (context), services_cb, self);
  self->last_watch = kith_watch_new (context, "client-service-last", none, client, last_cb, self);
  return GTK_WIDGET (self);
}

/* In a small window, or with large text, it begins below what is in sight. It had no place yet when it took the focus. */
static gboolean
in_sight_cb (GtkWidget     *line,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (line, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scroll = scroller ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  graphene_rect_t at;

  if (gtk_widget_get_height (line) == 0)
    return G_SOURCE_CONTINUE;
  if (scroll && gtk_widget_compute_bounds (line, scroller, &at))
    {
      double height = gtk_adjustment_get_page_size (scroll), below = at.origin.y + at.size.height - height;

      if (below > 0)
        gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + MIN (below, MAX (at.origin.y - height / 2, 0)));
    }
  return G_SOURCE_REMOVE;
}

void
kith_service_line_open (AdwBin      *place,
                        KithContext *context,
                        const char  *client)
{
  if (!adw_bin_get_child (place))
    adw_bin_set_child (place, line_new (context, client));
  gtk_widget_set_visible (GTK_WIDGET (place), TRUE);
  kith_split_page_open_detail_of (GTK_WIDGET (place)); /* folded, and begun from the list: what is typed is to be seen */
  gtk_widget_grab_focus (adw_bin_get_child (place));
  gtk_widget_add_tick_callback (adw_bin_get_child (place), in_sight_cb, NULL, NULL);
}

void
kith_service_line_close (AdwBin *place)
{
  KithServiceLine *self = (KithServiceLine *) adw_bin_get_child (place);

  if (!self)
    return;
  kith_draft_flush (self->draft);
  gtk_widget_set_visible (GTK_WIDGET (place), FALSE);
  adw_bin_set_child (place, NULL);
}
