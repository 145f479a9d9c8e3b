/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-form-private.h"

#include <glib/gi18n.h>

#include "kith-ending.h"
#include "kith-shortcuts.h"
#include "widgets/kith-revealer.h"

typedef struct
{
  KithContext *context;
  KithDraft *draft;
  char *place, *scope;
  GtkLabel *title;
  GtkButton *leave_button, *commit_button;
  GtkBox *header_widgets;
  GtkRevealer *draft_strip, *problem_strip;
  GtkLabel *draft_label, *problem_label;
  AdwBin *content;
  gboolean busy;
  char *next;           /* where somebody goes who was asked whether they leave; NULL: nowhere */
  GtkWidget *first;     /* not owned: of the content */
  KithEnding *ending;   /* of the access to what it is about; NULL: about nothing yet */
  gboolean ended;
} KithFormPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithForm, kith_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static JsonObject *
collect_draft (gpointer owner)
{
  return KITH_FORM_GET_CLASS (owner)->collect (owner);
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithFormPrivate *priv = kith_form_get_instance_private (owner);

  if (words)
    {
      gtk_label_set_text (priv->draft_label, words);
      gtk_revealer_set_reveal_child (priv->draft_strip, TRUE);
    }
  KITH_FORM_GET_CLASS (owner)->restore (owner, draft);
}

void
kith_form_fill (KithForm   *self,
                JsonObject *content)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  kith_draft_fill (priv->draft, content);
}

gboolean
kith_form_begin_fill (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return !priv->draft || kith_draft_begin_fill (priv->draft); /* before it is set up nothing can have been typed */
}

void
kith_form_end_fill (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (priv->draft)
    kith_draft_end_fill (priv->draft);
}

void
kith_form_touch (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (priv->draft)
    kith_draft_touch (priv->draft);
  kith_form_tell (self, NULL);
}

/* What is typed goes into its draft now. */
void
kith_form_flush (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  kith_draft_flush (priv->draft);
}

/* What was typed became an operation, or is given up: nothing of it is kept. */
void
kith_form_drop_draft (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  kith_draft_forget (priv->draft);
  gtk_revealer_set_reveal_child (priv->draft_strip, FALSE); /* nothing of one is here any more */
}

/* What was typed is saved, and the form stays: what is typed from now on is a draft of its own. */
void
kith_form_begin_anew (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);
  g_autofree char *key = g_strdup (kith_draft_get_key (priv->draft));

  g_object_run_dispose (G_OBJECT (priv->draft));
  g_clear_object (&priv->draft);
  priv->draft = kith_draft_new (priv->context, key, priv->scope, collect_draft, restore_draft, self);
  gtk_revealer_set_reveal_child (priv->draft_strip, FALSE);
}

/* It was taken up: nothing is said of it any more, and it is kept. */
void
kith_form_put_draft_away (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_revealer_set_reveal_child (priv->draft_strip, FALSE);
}

static void
discard_draft_cb (KithForm *self)
{
  kith_form_drop_draft (self);
  kith_form_done (self, NULL);
}

/**
 * kith_form_done:
 * @id: (nullable): of the record that was made; the form is dropped, then what somebody wanted before is done
 */
void
kith_form_done (KithForm   *self,
                const char *id)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);
  g_autoptr (KithForm) kept = g_object_ref (self); /* the page drops it */
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *next = g_steal_pointer (&priv->next);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_signal_emit (self, signals[SIGNAL_DONE], 0, id ? id : "");
  if (next && root && g_action_parse_detailed_name (next, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (root), name, target);
}

gboolean
kith_form_leave (KithForm   *self,
                 const char *next)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);
  KithFormClass *klass = KITH_FORM_GET_CLASS (self);

  g_free (priv->next);
  priv->next = NULL;
  if (!klass->leave || klass->leave (self))
    return TRUE;
  priv->next = g_strdup (next);
  return FALSE;
}

void
kith_form_tell (KithForm   *self,
                const char *problem)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (priv->ended) /* whatever else there is to say of what nobody sees */
    problem = kith_ending_get_words (priv->ending);
  if (problem)
    gtk_label_set_text (priv->problem_label, problem);
  gtk_revealer_set_reveal_child (priv->problem_strip, problem != NULL);
}

/**
 * kith_form_set_verb:
 * @verb: (nullable): translated, on the button that saves; NULL: nothing is left to do here, and the way out is no "Cancel" any more
 */
void
kith_form_set_verb (KithForm   *self,
                    const char *verb)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (verb)
    gtk_button_set_label (priv->commit_button, verb);
  gtk_widget_set_visible (GTK_WIDGET (priv->commit_button), verb != NULL);
  gtk_button_set_label (priv->leave_button, verb ? _("_Cancel") : _("_Close"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->leave_button), verb ? _("Leave; what you typed is kept as a draft (Escape)") : _("Leave (Escape)"));
}

void
kith_form_focus_verb (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_widget_grab_focus (GTK_WIDGET (gtk_widget_get_visible (GTK_WIDGET (priv->commit_button)) ? priv->commit_button : priv->leave_button));
}

void
kith_form_set_busy (KithForm *self,
                    gboolean  busy)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (!priv->draft) /* gone meanwhile: locked, or left */
    return;
  priv->busy = busy;
  kith_draft_hold (priv->draft, busy || priv->ended);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->commit_button), !busy && !priv->ended);
}

/**
 * kith_form_is_busy:
 *
 * Returns: whether it is being saved: another action that saves does nothing then
 */
gboolean
kith_form_is_busy (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->busy;
}

/* What was typed is in its draft, which comes back with the access; what the form makes of the rows that go is no typing. */
static void
ending_cb (gboolean ended,
           gpointer user_data)
{
  KithForm *self = user_data;
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  if (ended)
    kith_form_flush (self);
  priv->ended = ended;
  if (ended || priv->busy)
    kith_draft_hold (priv->draft, TRUE);
  else
    kith_draft_again (priv->draft);
  gtk_widget_set_visible (GTK_WIDGET (priv->content), !ended);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->commit_button), !ended && !priv->busy);
  kith_form_tell (self, NULL);
}

/* Returns: (transfer none) (nullable): NULL: the form is gone */
KithDraft *
kith_form_get_draft (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->draft;
}

/* Returns: (transfer none): for what ends the draft together with what it saves */
const char *
kith_form_get_draft_key (KithForm *self)
{
  return kith_draft_get_key (kith_form_get_draft (self));
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithFormPrivate *priv = kith_form_get_instance_private (KITH_FORM (widget));

  if (!priv->busy && !priv->ended)
    KITH_FORM_GET_CLASS (widget)->commit (KITH_FORM (widget));
}

void
kith_form_cancel (KithForm *self)
{
  kith_form_flush (self);
  kith_form_done (self, NULL);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  if (kith_form_leave (KITH_FORM (widget), NULL))
    kith_form_cancel (KITH_FORM (widget));
}

/* Entered (kith_page_enter()): to the first field, past Cancel and the verb. */
static gboolean
kith_form_focus (GtkWidget       *widget,
                 GtkDirectionType direction)
{
  KithFormPrivate *priv = kith_form_get_instance_private (KITH_FORM (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (direction == GTK_DIR_TAB_FORWARD && !focus &&
      (priv->first && gtk_widget_get_mapped (priv->first) ? gtk_widget_grab_focus (priv->first)
                                                          : gtk_widget_child_focus (GTK_WIDGET (priv->content), direction)))
    return TRUE;
  return GTK_WIDGET_CLASS (kith_form_parent_class)->focus (widget, direction);
}

static void
kith_form_dispose (GObject *object)
{
  KithFormPrivate *priv = kith_form_get_instance_private (KITH_FORM (object));

  g_clear_object (&priv->ending);
  if (priv->draft)
    g_object_run_dispose (G_OBJECT (priv->draft));
  g_clear_object (&priv->draft);
  priv->first = NULL;
  /* As in kith-split-page.c: GTK 4.8 would take the subclass's template for this one. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_object (&priv->context);
  g_clear_pointer (&priv->place, g_free);
  g_clear_pointer (&priv->scope, g_free);
  g_clear_pointer (&priv->next, g_free);
  G_OBJECT_CLASS (kith_form_parent_class)->dispose (object);
}

static void
kith_form_class_init (KithFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_form_dispose;
  widget_class->focus = kith_form_focus;
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/kith-form.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, title);
  gtk_widget_class_bind_template_child_private (widget_class, KithForm, leave_button);
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
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_revealer_rest (priv->draft_strip);
  kith_revealer_rest (priv->problem_strip);
  kith_shortcuts_install_first (GTK_WIDGET (self), "form.commit"); /* a text would take its Enter for a new line */
}

/**
 * kith_form_set_up:
 * @place: where one comes back to it: "register", "refer:ID"
 * @draft_key: of its draft in the encrypted store
 * @scope: (nullable): the scope what is typed belongs to: the draft goes with the access to it; NULL: it belongs to none yet
 * @title: translated
 * @verb: (nullable): as kith_form_set_verb() takes it
 *
 * Once, by the form's constructor. A draft that is found is given to restore() later, when it has been read.
 */
void
kith_form_set_up (KithForm    *self,
                  KithContext *context,
                  const char  *place,
                  const char  *draft_key,
                  const char  *scope,
                  const char  *title,
                  const char  *verb)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  priv->context = g_object_ref (context);
  priv->place = g_strdup (place);
  priv->scope = g_strdup (scope);
  priv->draft = kith_draft_new (context, draft_key, scope, collect_draft, restore_draft, self);
  kith_form_set_title (self, title);
  kith_form_set_verb (self, verb);
  priv->ending = kith_ending_new (context, scope, ending_cb, self);
}

/**
 * kith_form_set_title:
 * @title: translated, in the header
 */
void
kith_form_set_title (KithForm   *self,
                     const char *title)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_label_set_text (priv->title, title);
}

KithContext *
kith_form_get_context (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->context;
}

/* Returns: (transfer none): where one comes back to it */
const char *
kith_form_get_place (KithForm *self)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  return priv->place;
}

/**
 * kith_form_set_content:
 * @content: (transfer floating): the fields, below the header
 */
void
kith_form_set_content (KithForm  *self,
                       GtkWidget *content)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  adw_bin_set_child (priv->content, content);
}

void
kith_form_set_first (KithForm  *self,
                     GtkWidget *widget)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  priv->first = widget;
}

void
kith_form_add_header_widget (KithForm  *self,
                             GtkWidget *widget)
{
  KithFormPrivate *priv = kith_form_get_instance_private (self);

  gtk_box_append (priv->header_widgets, widget);
}
