/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-composer.h"

#include <glib/gi18n.h>

#include "kith-draft.h"
#include "kith-page.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"

struct _KithComposer
{
  AdwBin parent_instance;
  KithContext *context;
  KithDraft *draft;
  char *referral;
  KithCompose what;
  GtkLabel *title, *problem, *text_label; /* text_label: a note’s title says it */
  GtkWidget *contact_group, *lock, *do_not_contact;
  AdwComboRow *how, *result;
  GtkTextView *text;
  GtkButton *commit_button;
};

G_DEFINE_FINAL_TYPE (KithComposer, kith_composer, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *op, *title, *verb, *done;
  const char *network_title; /* for 2-1-1, in the place of title; NULL: the same */
} kinds[] = {
  [KITH_COMPOSE_NOTE] = { "referral.note", N_("Message both agencies see"), NC_("verb", "Send"), N_("Message added") },
  [KITH_COMPOSE_PRIVATE] = { "referral.private_note", N_("Private note: only your agency sees it"), NC_("verb", "Save"), N_("Private note kept"),
                             N_("Private note: only 2-1-1 sees it") }, /* referral_own:R:network is open to the network's staff alone */
  [KITH_COMPOSE_CONTACT] = { "referral.record_contact", N_("Contact with the client: both agencies see it"), NC_("verb", "Record"), N_("Contact recorded") },
};

static const char *
get_title (KithContext *context,
           KithCompose  what)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  gboolean network = actor && actor->level == KITH_LEVEL_NETWORK && kinds[what].network_title;

  return network ? _(kinds[what].network_title) : _(kinds[what].title);
}

static char *
get_text (KithComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static JsonObject *
collect (gpointer owner)
{
  KithComposer *self = owner;
  g_autofree char *text = get_text (self);

  if (!*text)
    return NULL;
  return kith_json_new ("text", "s", text, "how", "s", kith_choice_row_get_code (self->how), "result", "s", kith_choice_row_get_code (self->result), NULL);
}

static void
restore (gpointer    owner,
         JsonObject *draft,
         const char *words)
{
  KithComposer *self = owner;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), kith_json_string (draft, "text") ? kith_json_string (draft, "text") : "", -1);
  kith_choice_row_set_code (self->how, kith_json_string (draft, "how"));
  kith_choice_row_set_code (self->result, kith_json_string (draft, "result"));
  gtk_label_set_text (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
changed_cb (KithComposer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (self->draft)
    kith_draft_touch (self->draft);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithComposer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->commit_button)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
      gtk_text_view_set_editable (self->text, TRUE);
    }
  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }
  if (!self->problem || !gtk_widget_get_root (GTK_WIDGET (self))) /* gone from the window: nobody would read it there */
    {
      kith_context_problem (KITH_CONTEXT (source), get_title (KITH_CONTEXT (source), self->what), error);
      return;
    }
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithComposer *self = KITH_COMPOSER (widget);
  g_autofree char *text = get_text (self);
  gboolean contact = self->what == KITH_COMPOSE_CONTACT;
  g_autofree char *done = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return; /* under way: the key would write it twice */
  if (!*text && !contact)
    {
      gtk_label_set_text (self->problem, _("There is nothing written yet."));
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  gtk_text_view_set_editable (self->text, FALSE); /* what is typed now would go with it, and not be in it */
  done = kith_page_done (widget, _(kinds[self->what].done));
  kith_draft_submit (self->draft, kinds[self->what].op,
                     kith_json_new ("referral", "s", self->referral, "text", "s", *text ? text : NULL,
                                    "how", "s", contact ? kith_choice_row_get_code (self->how) : NULL,
                                    "result", "s", contact ? kith_choice_row_get_code (self->result) : NULL, NULL),
                     done, FALSE, submitted_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_composer_flush (KITH_COMPOSER (widget));
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static void
kith_composer_dispose (GObject *object)
{
  KithComposer *self = KITH_COMPOSER (object);

  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_COMPOSER);
  g_clear_pointer (&self->referral, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_composer_parent_class)->dispose (object);
}

static gboolean
kith_composer_grab_focus (GtkWidget *widget)
{
  KithComposer *self = KITH_COMPOSER (widget);

  return gtk_widget_grab_focus (self->what == KITH_COMPOSE_CONTACT ? GTK_WIDGET (self->how) : GTK_WIDGET (self->text));
}

static void
kith_composer_class_init (KithComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_composer_dispose;
  widget_class->grab_focus = kith_composer_grab_focus;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, KithComposer, title);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, text_label);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, contact_group);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, lock);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, do_not_contact);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, how);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, result);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, text);
  gtk_widget_class_bind_template_child (widget_class, KithComposer, commit_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_composer_init (KithComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_shortcuts_install_first (GTK_WIDGET (self), "form.commit"); /* the text would take its Enter for a new line */
  kith_choice_row_set_vocabulary (self->how, "contact_how", NULL);
  kith_choice_row_set_vocabulary (self->result, "contact_result", NULL);
}

/**
 * kith_composer_new:
 * @referral: its id
 * @what: a private note is a draft of one's own side's scope, the others of the detail both sides see
 *
 * Returns: (transfer floating): the composer; a draft that is found is restored
 */
GtkWidget *
kith_composer_new (KithContext *context,
                   const char  *referral,
                   KithCompose  what)
{
  static const char *const keys[] = { "note", "private-note", "contact" };
  KithComposer *self = g_object_new (KITH_TYPE_COMPOSER, NULL);
  g_autofree char *key = g_strdup_printf ("%s:referral:%s", keys[what], referral);
  g_autofree char *own = g_strdup_printf ("referral_own:%s:%s", referral, kith_context_get_side (context));
  g_autofree char *shared = g_strconcat ("referral_detail:", referral, NULL);

  self->context = g_object_ref (context);
  self->referral = g_strdup (referral);
  self->what = what;
  gtk_label_set_text (self->title, get_title (context, what));
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), what == KITH_COMPOSE_CONTACT);
  gtk_button_set_label (self->commit_button, g_dpgettext2 (NULL, "verb", kinds[what].verb));
  gtk_widget_set_visible (self->contact_group, what == KITH_COMPOSE_CONTACT);
  gtk_widget_set_visible (self->lock, what == KITH_COMPOSE_PRIVATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  what == KITH_COMPOSE_CONTACT ? gtk_label_get_text (self->text_label) : get_title (context, what), -1);
  if (what == KITH_COMPOSE_PRIVATE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "private");
  self->draft = kith_draft_new (context, key, what == KITH_COMPOSE_PRIVATE ? own : shared, collect, restore, self);
  return GTK_WIDGET (self);
}

/**
 * kith_composer_get_what:
 *
 * Returns: what is being written
 */
KithCompose
kith_composer_get_what (KithComposer *self)
{
  return self->what;
}

/**
 * kith_composer_warn:
 * @no_contact: the client must not be contacted (C16)
 *
 * Says so where a contact is written down: what stands on the page may be out of sight by then.
 */
void
kith_composer_warn (KithComposer *self,
                    gboolean      no_contact)
{
  gtk_widget_set_visible (self->do_not_contact, no_contact && self->what == KITH_COMPOSE_CONTACT);
}

/**
 * kith_composer_flush:
 *
 * What is typed goes into its draft now, not half a second after the last key.
 */
void
kith_composer_flush (KithComposer *self)
{
  kith_draft_flush (self->draft);
}
