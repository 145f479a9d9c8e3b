/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-reason-window-private.h"

#include <glib/gi18n.h>

#include "kith-ending.h"
#include "kith-kind.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithReasonWindow, kith_reason_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (KithReasonWindow *self,
      const char       *problem)
{
  gtk_label_set_text (self->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* An answer that says what was done and not why is named: one looks for what is wrong with it. */
static void
tell_missing (KithReasonWindow *self,
              GtkListBoxRow    *row)
{
  g_autofree char *words = NULL;

  if (row && self->offered && g_strcmp0 (g_object_get_data (G_OBJECT (row), "code"), "other") != 0)
    /* Translators: what was chosen of a list, like "Referred elsewhere" */
    words = g_strdup_printf (_("Say why, please: “%s” alone does not tell."), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  tell (self, words ? words : _("Say it in words, please."));
}

static void
commit (KithReasonWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
  const char *code = row ? g_object_get_data (G_OBJECT (row), "code") : "";
  gboolean wants = self->always_text || (row && g_object_get_data (G_OBJECT (row), "wants-text"));
  g_autoptr (KithReasonWindow) alive = g_object_ref (self);

  if (self->n_choices > 0 && !row)
    {
      tell (self, _("Choose one of the list."));
      return;
    }
  if (wants && !*text)
    {
      tell_missing (self, row);
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, code, *text ? text : NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
touch (KithReasonWindow *self)
{
  if (self->draft)
    kith_draft_touch (self->draft);
}

static gboolean
matches (GtkListBoxRow *row,
         gpointer       user_data)
{
  KithReasonWindow *self = user_data;
  g_autofree char *wanted = kith_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *label = kith_text_fold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  return !*wanted || strstr (label, wanted) != NULL;
}

static void
select_first (KithReasonWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        gtk_list_box_select_row (self->list, row);
        return;
      }
  gtk_list_box_unselect_all (self->list);
}

/* In the place of the list when nothing on it matches. */
static void
tell_none (KithReasonWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autofree char *words = g_strdup_printf (_("No match for “%s”. Clear it to see the whole list."), typed);

  gtk_label_set_text (self->none, words);
}

static void
search_changed_cb (KithReasonWindow *self)
{
  gboolean narrow = !kith_text_blank (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  tell_none (self);
  gtk_list_box_invalidate_filter (self->list);
  tell (self, NULL);
  if (narrow)
    select_first (self);
  else if (self->narrowed) /* a new entry says once that it is empty: what is chosen already stays */
    gtk_list_box_unselect_all (self->list);
  self->narrowed = narrow;
}

/* What was typed chooses; Enter alone decides nothing. */
static void
search_activate_cb (KithReasonWindow *self)
{
  if (!gtk_list_box_get_selected_row (self->list) && !kith_text_blank (gtk_editable_get_text (GTK_EDITABLE (self->search))))
    select_first (self);
  commit (self);
}

static void
row_selected_cb (KithReasonWindow *self)
{
  GtkListBoxRow *row;

  if (!self->list || !self->problem) /* the rows go one by one when the window does */
    return;
  tell (self, NULL);
  touch (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gtk_widget_set_opacity (g_object_get_data (G_OBJECT (row), "tick"), gtk_list_box_row_is_selected (row) ? 1 : 0);
}

/* Enter on a row, or a double click. */
static void
row_activated_cb (KithReasonWindow *self)
{
  commit (self);
}

static gboolean
search_key_cb (KithReasonWindow *self,
               guint             key,
               guint             code,
               GdkModifierType   mods)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int i = row ? gtk_list_box_row_get_index (row) : -1, by = key == GDK_KEY_Down ? 1 : -1;

  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;
  for (i += by; (row = i >= 0 ? gtk_list_box_get_row_at_index (self->list, i) : NULL); i += by)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        kith_reason_list_select (self, row);
        break;
      }
  return GDK_EVENT_STOP;
}

/* Escape in the entry, which keeps the key to itself. */
static void
search_stop_cb (KithReasonWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
commit_cb (KithReasonWindow *self)
{
  commit (self);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  commit (KITH_REASON_WINDOW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
kith_reason_window_dispose (GObject *object)
{
  KithReasonWindow *self = KITH_REASON_WINDOW (object);

  if (self->draft) /* a lock closes it too */
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  g_clear_object (&self->terms);
  g_clear_pointer (&self->offered, g_free);
  g_clear_pointer (&self->phase, g_free);
  g_clear_pointer (&self->wanted, g_free);
  /* A list that is taken down loses its selection and says so. */
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_REASON_WINDOW);
  G_OBJECT_CLASS (kith_reason_window_parent_class)->dispose (object);
}

static void
kith_reason_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kith_reason_window_parent_class)->map (widget);
  kith_reason_list_fit (KITH_REASON_WINDOW (widget));
}

static void
kith_reason_window_class_init (KithReasonWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_reason_window_dispose;
  widget_class->map = kith_reason_window_map;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-reason-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, description);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, commit_button);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, search);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, list_scroller);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, text_group);
  gtk_widget_class_bind_template_child (widget_class, KithReasonWindow, text);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, commit_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_reason_window_init (KithReasonWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  self->none = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->none, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->none), "meta");
  gtk_widget_set_margin_start (GTK_WIDGET (self->none), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->none), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->none), 14);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->none), 14);
  gtk_list_box_set_placeholder (self->list, GTK_WIDGET (self->none));
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

const char *
kith_reason_window_answer (GtkListBoxRow *row)
{
  const char *term = row ? g_object_get_data (G_OBJECT (row), "term") : NULL;

  return term ? term : row ? g_object_get_data (G_OBJECT (row), "code") : NULL;
}

/* The draft's answer, or what was asked for, once it is there. */
static void
select_wanted (KithReasonWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; self->wanted && (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (g_strcmp0 (kith_reason_window_answer (row), self->wanted) == 0)
      {
        g_clear_pointer (&self->wanted, g_free);
        gtk_list_box_select_row (self->list, row);
      }
}

/* An answer is chosen again in no time: only words are worth keeping. */
static JsonObject *
collect_draft (gpointer owner)
{
  KithReasonWindow *self = owner;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  return kith_text_blank (text) ? NULL : kith_json_new ("code", "s", kith_reason_window_answer (row), "text", "s", text, NULL);
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithReasonWindow *self = owner;

  kith_entry_fill (GTK_EDITABLE (self->text), kith_json_string (draft, "text"));
  g_free (self->wanted);
  self->wanted = g_strdup (kith_json_string (draft, "code"));
  select_wanted (self);
  gtk_label_set_text (self->description, words);
  gtk_widget_set_visible (GTK_WIDGET (self->description), TRUE);
}

void
kith_reason_window_keep_draft (KithReasonWindow *self,
                               KithContext      *context,
                               const char       *scope,
                               const char       *of)
{
  g_autofree char *key = g_strconcat ("reason:", of, NULL);

  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  kith_ending_close (context, scope, GTK_WINDOW (self));
  if (!gtk_widget_get_visible (self->text_group))
    return;
  self->draft = kith_draft_new (context, key, scope, collect_draft, restore_draft, self);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
}

void
kith_reason_window_submit (KithReasonWindow *self,
                           KithContext      *context,
                           const char       *op,
                           JsonObject       *args,
                           const char       *done,
                           gboolean          undo)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *term = row ? g_object_get_data (G_OBJECT (row), "term") : NULL;

  if (term)
    {
      json_object_set_string_member (args, "reason_term", term);
      json_object_set_string_member (args, "term_name", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
    }
  if (self->draft)
    kith_draft_submit (self->draft, op, args, done, undo, NULL, NULL);
  else
    kith_context_submit (context, op, args, done, undo, NULL, NULL);
}

GtkWidget *
kith_reason_window_add_answer (KithReasonWindow *self, const char *code, const char *term, const char *label, const char *detail, const char *side, gboolean wants_text)
{
  GtkWidget *row = adw_action_row_new (), *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  if (detail)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  gtk_widget_set_opacity (tick, 0);
  if (side)
    {
      GtkWidget *small = gtk_label_new (side);

      gtk_widget_add_css_class (small, "caption");
      gtk_widget_add_css_class (small, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), small);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, side, -1);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tick);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (row), "term", g_strdup (term), g_free);
  g_object_set_data (G_OBJECT (row), "wants-text", GINT_TO_POINTER (wants_text));
  g_object_set_data (G_OBJECT (row), "tick", tick);
  gtk_list_box_append (self->list, row);
  self->n_choices++;
  gtk_widget_set_visible (self->list_scroller, TRUE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    kith_reason_list_fit (self);
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->n_choices > 4);
  select_wanted (self);
  return row;
}

/**
 * kith_reason_window_add_choice:
 * @code: what "chosen" says
 * @label: translated
 * @detail: (nullable): below the label
 * @wants_text: whether words are asked for with it
 *
 * Returns: (transfer none): its line
 */
GtkWidget *
kith_reason_window_add_choice (KithReasonWindow *self,
                               const char       *code,
                               const char       *label,
                               const char       *detail,
                               gboolean          wants_text)
{
  return kith_reason_window_add_answer (self, code, NULL, label, detail, NULL, wants_text);
}

GtkWidget *
kith_reason_window_new (GtkWindow  *parent,
                        const char *title,
                        const char *description,
                        const char *vocabulary,
                        const char *text_label,
                        const char *wants_text,
                        const char *verb,
                        gboolean    destructive)
{
  KithReasonWindow *self = g_object_new (KITH_TYPE_REASON_WINDOW, "transient-for", parent, "title", title, NULL);
  const KithVocabulary *words = vocabulary ? kith_vocabulary_get (vocabulary) : NULL;

  gtk_label_set_text (self->description, description ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
  gtk_button_set_label (self->commit_button, verb);
  gtk_widget_add_css_class (GTK_WIDGET (self->commit_button), destructive ? "destructive-action" : "suggested-action");
  self->always_text = wants_text && !*wants_text;
  gtk_widget_set_visible (self->text_group, text_label != NULL);
  if (text_label)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->text), text_label);
  for (guint i = 0; words && i < kith_vocabulary_size (words); i++)
    {
      const char *code = kith_vocabulary_code (words, i);

      kith_reason_window_add_choice (self, code, kith_vocabulary_label (words, code), NULL, g_strcmp0 (code, wants_text) == 0);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->n_choices > 4 ? GTK_WIDGET (self->search) : GTK_WIDGET (self->text)));
  return GTK_WIDGET (self);
}

void
kith_reason_window_pass_on (KithReasonWindow *self,
                            KithReasonWindow *next)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (!kith_text_blank (text))
    gtk_editable_set_text (GTK_EDITABLE (next->text), text);
  if (self->draft) /* it is the next one's */
    kith_draft_forget (self->draft);
}

void
kith_reason_window_warn (KithReasonWindow *self,
                         const char       *words)
{
  const char *before = gtk_label_get_text (self->description);
  g_autofree char *both = g_strconcat (before, *before ? "\n" : "", words, NULL);

  gtk_label_set_text (self->description, both);
  gtk_widget_set_visible (GTK_WIDGET (self->description), TRUE);
}

void
kith_reason_window_choose (KithReasonWindow *self,
                           const char       *code)
{
  g_free (self->wanted);
  self->wanted = g_strdup (code);
  select_wanted (self);
}

void
kith_reason_window_type_ahead (KithReasonWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->search), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
