/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-attention-lines.h"
#include "kith-attention-words.h"
#include "kith-draft-words.h"
#include "kith-format.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"
#include "kith-text.h"

struct _KithAttentionCard
{
  AdwBin parent_instance;
  char *key, *text, *with, *entry; /* with: names of what goes with it; entry: of a conflict, the later one as JSON */
  gboolean conflict, draft, told, guarded;
  GtkLabel *title, *about, *message;
  GtkButton *open;
  KithStatusPill *pill;
  KithFacts *facts;
  GtkButton *buttons[3];
  GtkLabel *button_labels[3];
};

G_DEFINE_FINAL_TYPE (KithAttentionCard, kith_attention_card, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * kith_attention_card_choose:
 * @i: 0, 1 or 2: as if that button had been pressed; nothing where the card does not show it
 */
void
kith_attention_card_choose (KithAttentionCard *self,
                            guint              i)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->buttons[i])))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, i);
}

static void
clicked_cb (KithAttentionCard *self,
            GtkButton         *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    if (self->buttons[i] == button)
      kith_attention_card_choose (self, i);
}

static void
set_choices (KithAttentionCard *self,
             const char        *first,
             const char        *second,
             const char        *third)
{
  const char *labels[] = { first, second, third };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), labels[i] != NULL);
      gtk_label_set_text (self->button_labels[i], labels[i] ? labels[i] : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, labels[i] ? labels[i] : "", -1);
    }
}

static char *
describe_value (JsonNode *node)
{
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (_("(empty)"));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return kith_json_print (node);
}

char *
kith_attention_when (KithContext *context,
                     JsonObject  *entry)
{
  gint64 now = kith_context_get_now (context), ms = kith_json_int (entry, "at", 0);

  return ms > 0 ? kith_format_when (ms, now) : kith_format_time (kith_json_string (entry, "at"), now);
}

static void
add_lines (KithAttentionCard *self,
           JsonArray         *lines,
           gboolean           now, /* what stands, not what was entered */
           GString           *text)
{
  self->guarded |= kith_attention_add_lines (self->facts, lines, now, text);
}

static void
show_about (KithAttentionCard *self,
            JsonObject        *entry)
{
  const char *about = kith_json_string (entry, "about"), *place = kith_json_string (entry, "place");

  gtk_label_set_text (self->about, about ? about : "");
  gtk_widget_set_visible (GTK_WIDGET (self->about), about != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->open), place != NULL);
  if (place)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", place);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.go");
    }
}

/* What the sentence above asks for, in one step. */
static void
offer_consent (KithAttentionCard *self,
               JsonObject        *entry)
{
  JsonObject *args = kith_json_object (entry, "args");
  const char *client = args ? kith_json_string (args, "client") : NULL;
  g_autofree char *place = client ? g_strconcat ("clients/consent:", client, NULL) : NULL;

  if (!place || g_strcmp0 (kith_json_string (entry, "code"), "consent_missing") != 0)
    return;
  gtk_button_set_label (self->open, _("Record Consent"));
  gtk_widget_set_visible (GTK_WIDGET (self->open), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.go");
}

static void
add_now (KithAttentionCard *self,
         KithContext       *context,
         JsonObject        *now,
         const char        *said) /* above: who it was may stand there */
{
  const char *by = now ? kith_json_string (now, "by") : NULL, *at = now ? kith_json_string (now, "at") : NULL;
  g_autofree char *when = kith_format_time (at, kith_context_get_now (context));
  GList *members = now ? json_object_get_members (now) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (now && kith_json_string (now, "phase"))
    g_string_append (text, kith_format_code ("phase", kith_json_string (now, "phase")));
  else
    for (GList *l = members; l; l = l->next)
      if (JSON_NODE_HOLDS_VALUE (json_object_get_member (now, l->data)) && !g_str_equal (l->data, "by") && !g_str_equal (l->data, "at"))
        {
          g_autofree char *value = describe_value (json_object_get_member (now, l->data));

          g_string_append_printf (text, "%s%s", text->len ? ", " : "", value);
        }
  g_list_free (members);
  kith_facts_add (self->facts, _("There now"), text->str);
  if (by && !(said && strstr (said, by)))
    kith_facts_take (self->facts, _("By"), when ? g_strdup_printf ("%s, %s", by, when) : g_strdup (by));
}

/* C13: nobody did it knowingly, and it is not lost: it cannot be discarded. What is told of it is whom it is for, and what there is to do. */
static gboolean
is_access_note (JsonObject *entry)
{
  return g_strcmp0 (kith_json_string (entry, "op"), "audit.record") == 0;
}

static void
show_access_note (KithAttentionCard *self,
                  JsonObject        *entry,
                  const char        *when)
{
  JsonObject *args = kith_json_object (entry, "args");
  const char *what = args ? kith_format_code ("audit_action", kith_json_string (args, "what")) : "", *about = kith_json_string (entry, "about");
  const char *says = kith_text_told (kith_json_string (entry, "message"));

  gtk_label_set_text (self->message, kith_attention_access_words ());
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  kith_facts_add (self->facts, _("Why"), says);
  self->text = g_strjoin ("\n", gtk_label_get_text (self->title), what, about ? about : when, about ? when : says, about ? says : NULL, NULL);
  set_choices (self, _("Try Again"), _("Copy Text"), NULL);
}

static void
show_state (KithAttentionCard *self,
            const char        *st)
{
  static const struct
  {
    const char *st, *icon, *text, *tone;
  } states[] = {
    { "waiting", "document-open-recent-symbolic", N_("Waiting"), "" },
    { "merged", "folder-publicshare-symbolic", N_("Merged"), "accent" },
    { "sent", "document-send-symbolic", N_("Was sent"), "warn" },
    { "open", "document-open-recent-symbolic", N_("Suggested"), "accent" },
    { "mine", "object-select-symbolic", N_("Suggestion taken"), "good" },
    { "theirs", "action-unavailable-symbolic", N_("Suggestion not taken"), "warn" },
    { "both", "action-unavailable-symbolic", N_("Suggestion not taken"), "warn" },
    { "parked", "media-playback-pause-symbolic", N_("Put aside by the hub"), "warn" },
    { "will_not_apply", "dialog-warning-symbolic", N_("Will be refused"), "warn" },
    { "rejected", "action-unavailable-symbolic", N_("Not taken"), "bad" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].st, st) == 0)
      kith_status_pill_set (self->pill, states[i].icon, _(states[i].text), states[i].tone);
}

/* Nothing is wrong with it, and it may wait long: until then it can be read, and taken back. What builds on it has a card of its own, and goes with it. */
static void
show_held (KithAttentionCard *self,
           JsonObject        *entry,
           GString           *text)
{
  JsonArray *chain = kith_json_array (entry, "chain");

  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE); /* it stands above them all */
  self->with = kith_attention_chain_names (chain);
  kith_facts_add (self->facts, _("Builds on it"), self->with);
  self->guarded |= kith_attention_add_chain (NULL, chain, text);
  self->text = g_strdup (text->str);
  set_choices (self, NULL, text->len ? _("Copy Text") : NULL, _("Discard…"));
}

GtkWidget *
kith_attention_card_new_for_operation (KithContext *context,
                                       JsonObject  *entry)
{
  KithAttentionCard *self = g_object_new (KITH_TYPE_ATTENTION_CARD, NULL);
  const char *st = kith_json_string (entry, "st"), *label = kith_json_string (entry, "label"), *proposal = kith_json_string (entry, "proposal");
  g_autofree char *proposed = kith_attention_proposal_words (entry), *race = kith_attention_race_words (context, entry);
  const char *message = proposed ? proposed : race ? race : kith_text_told (kith_json_string (entry, "message"));
  g_autofree char *when = kith_attention_when (context, entry);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean sent = g_strcmp0 (st, "sent") == 0; /* a revocation had stopped it here, and it had gone out before (C5) */

  self->key = g_strdup (kith_json_string (entry, "op_id"));
  gtk_label_set_text (self->title, label ? label : kith_json_string (entry, "op"));
  show_about (self, entry);
  offer_consent (self, entry);
  show_state (self, proposal ? proposal : st);
  gtk_label_set_text (self->message, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message && *message);
  kith_facts_add (self->facts, _("I did this"), when);
  add_lines (self, kith_json_array (entry, "lines"), FALSE, text);
  if (is_access_note (entry))
    {
      show_access_note (self, entry, when);
      return GTK_WIDGET (self);
    }
  if (kith_attention_is_held (entry))
    {
      show_held (self, entry, text);
      return GTK_WIDGET (self);
    }
  add_lines (self, kith_json_array (entry, "there"), TRUE, NULL);
  if (!kith_json_array (entry, "there") || json_array_get_length (kith_json_array (entry, "there")) == 0)
    add_now (self, context, kith_json_object (entry, "now"), race);
  self->guarded |= kith_attention_add_chain (self->facts, kith_json_array (entry, "chain"), text);
  self->with = kith_attention_chain_names (kith_json_array (entry, "chain"));
  self->text = g_strdup (text->str);
  /* After a race the same again would be refused again, and what went out after all is there, with all that was typed. What was typed for a race is not forgotten unasked. */
  self->told = g_strcmp0 (st, "merged") == 0 || sent || (race && !text->len);
  set_choices (self, proposal || race || sent ? NULL : _("Try Again"), text->len ? _("Copy Text") : NULL, self->told ? _("Got It") : _("Discard…"));
  return GTK_WIDGET (self);
}

static const char *
unsendable_words (JsonObject *draft)
{
  if (kith_json_int (draft, "expires", 0) > 0)
    return _("You may no longer see the record this was for. Your words are still here: copy them for your supervisor, or discard them.");
  if (kith_json_bool (draft, "sent", FALSE))
    return _("The referral went out before these changes were saved, so it was sent without them. Your words are still here: copy them into a message to the other agency, or discard them.");
  return _("This referral was not sent, or was taken back. Your words are still here: copy them, or discard them.");
}

GtkWidget *
kith_attention_card_new_for_draft (KithContext *context,
                                   JsonObject  *draft)
{
  KithAttentionCard *self = g_object_new (KITH_TYPE_ATTENTION_CARD, NULL);
  const char *title = kith_json_string (draft, "title");
  g_autofree char *when = kith_attention_when (context, draft);
  gint64 expires = kith_json_int (draft, "expires", 0);
  g_autofree char *until = expires > 0 ? kith_format_when (expires, kith_context_get_now (context)) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  self->draft = TRUE;
  self->key = g_strdup (kith_json_string (draft, "key"));
  gtk_label_set_text (self->title, title ? title : _("Something you were writing"));
  show_about (self, draft);
  if (kith_draft_is_aside (self->key))
    {
      kith_status_pill_set (self->pill, "document-open-recent-symbolic", _("Put aside"), "warn");
      gtk_label_set_text (self->message, _("Something else was typed there before this could be shown. Your words are still here: copy them, or discard them."));
    }
  else
    {
      kith_status_pill_set (self->pill, "changes-prevent-symbolic", _("Could not be sent"), "warn");
      gtk_label_set_text (self->message, unsendable_words (draft));
    }
  add_lines (self, kith_json_array (draft, "lines"), FALSE, text);
  kith_facts_add (self->facts, _("When"), when);
  kith_facts_add (self->facts, _("Kept until"), until);
  self->text = g_strdup (text->str);
  set_choices (self, NULL, text->len ? _("Copy Text") : NULL, _("Discard…"));
  return GTK_WIDGET (self);
}

/* One of two values as a person reads it: a code by its words, a day as days are written. */
static char *
entry_words (const KithField *field,
             const char      *text)
{
  g_autoptr (JsonNode) node = text ? json_from_string (text, NULL) : NULL;
  g_autofree char *words = field && node ? kith_attention_value (NULL, field, node) : NULL;

  return words && *words ? g_steal_pointer (&words) : describe_value (node);
}

/**
 * kith_attention_card_new_for_conflict:
 * @row: of the query that lists open conflicts
 *
 * Returns: (transfer floating): two entries of one field side by side; whose is whose is told by who looks
 */
GtkWidget *
kith_attention_card_new_for_conflict (KithContext *context,
                                      KithRow     *row)
{
  KithAttentionCard *self = g_object_new (KITH_TYPE_ATTENTION_CARD, NULL);
  const KithKind *kind = kith_row_get_text (row, "t") ? kith_kind_get (kith_row_get_text (row, "t")) : NULL;
  const char *name = kith_row_get_text (row, "field");
  const KithField *field = kind && name ? kith_kind_get_field (kind, name) : NULL;
  g_autofree char *mine = entry_words (field, kith_row_get_text (row, "mine"));
  g_autofree char *theirs = entry_words (field, kith_row_get_text (row, "theirs"));
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (context));
  g_autofree char *subject = kith_format_name (kith_row_get_text (row, "given_name"), kith_row_get_text (row, "middle_name"), kith_row_get_text (row, "family_name"),
                                               kith_row_get_text (row, "second_family_name"), kith_row_get_text (row, "number"));
  g_autofree char *title = g_strdup_printf (_("%s of %s"), field ? _(field->label) : name, subject);

  g_autofree char *place = g_strcmp0 (kith_row_get_text (row, "t"), "client") == 0 ? g_strconcat ("clients/", kith_row_get_text (row, "record"), NULL) : NULL;
  g_autoptr (JsonObject) about = kith_json_new ("about", "s", kith_row_get_text (row, "number"), "place", "s", place, NULL);
  g_autofree char *me = NULL, *source = NULL;
  gboolean my_own, proposed = kith_row_get_int (row, "proposed") != 0;
  const char *by;

  g_object_get (kith_context_get_desktop (context), "user-name", &me, NULL);
  my_own = kith_row_get_text (row, "own") ? kith_row_get_int (row, "own") != 0 : me && g_strcmp0 (me, kith_row_get_text (row, "mine_by")) == 0;
  self->conflict = TRUE;
  self->key = g_strdup (kith_row_get_id (row));
  self->entry = g_strdup (kith_row_get_text (row, "mine"));
  gtk_label_set_text (self->title, title);
  show_about (self, about);
  kith_status_pill_set (self->pill, "dialog-question-symbolic", _("Two entries"), "warn");
  gtk_label_set_text (self->message, proposed ? _("A partner agency suggests another value. Choose what is right; the other stays in the history.")
                                              : _("Two people changed this at the same time. Choose what is right; the other stays in the history."));
  source = kith_row_get_text (row, "mine_agency") && !my_own ? g_strdup_printf ("%s, %s", kith_row_get_text (row, "mine_by"), kith_row_get_text (row, "mine_agency"))
                                                             : g_strdup (kith_row_get_text (row, "mine_by"));
  kith_facts_take (self->facts, my_own ? _("My entry") : proposed ? _("Suggested") : _("The later entry"),
                   g_strdup_printf ("%s\n%s%s%s", mine, source ? source : "", source && when ? ", " : "", when ? when : ""));
  by = kith_row_get_text (row, "theirs_by");
  kith_facts_take (self->facts, my_own ? _("Their entry") : _("What was there"), by ? g_strdup_printf ("%s\n%s", theirs, by) : g_strdup (theirs));
  if (my_own)
    set_choices (self, _("Keep Mine"), _("Keep Theirs"), _("Both"));
  else
    set_choices (self, proposed ? _("Take It") : _("Keep the Later Entry"), _("Keep What Was There"), _("Both"));
  return GTK_WIDGET (self);
}

const char *
kith_attention_card_get_key (KithAttentionCard *self)
{
  return self->key;
}

JsonObject *
kith_attention_card_settle (KithAttentionCard *self,
                            const char        *keep)
{
  JsonObject *args = kith_json_new ("conflict", "s", self->key, "keep", "s", keep, NULL);
  JsonNode *mine = self->entry ? json_from_string (self->entry, NULL) : NULL;

  json_object_set_member (args, "mine", mine ? mine : json_node_new (JSON_NODE_NULL));
  return args;
}

/* Returns: whether two entries of one field are to choose from, and no operation */
gboolean
kith_attention_card_is_conflict (KithAttentionCard *self)
{
  return self->conflict;
}

/* Returns: whether it holds words that could not be sent */
gboolean
kith_attention_card_is_draft (KithAttentionCard *self)
{
  return self->draft;
}

gboolean
kith_attention_card_is_told (KithAttentionCard *self)
{
  return self->told;
}

gboolean
kith_attention_card_is_guarded (KithAttentionCard *self)
{
  return self->guarded;
}

const char *
kith_attention_card_get_text (KithAttentionCard *self)
{
  return self->text;
}

const char *
kith_attention_card_get_with (KithAttentionCard *self)
{
  return self->with;
}

static void
kith_attention_card_dispose (GObject *object)
{
  KithAttentionCard *self = KITH_ATTENTION_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_ATTENTION_CARD);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->with, g_free);
  G_OBJECT_CLASS (kith_attention_card_parent_class)->dispose (object);
}

static void
kith_attention_card_class_init (KithAttentionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_attention_card_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/attention/kith-attention-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, title);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, about);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, open);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, message);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, pill);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionCard, facts);
  gtk_widget_class_bind_template_child_full (widget_class, "first", FALSE, G_STRUCT_OFFSET (KithAttentionCard, buttons[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "second", FALSE, G_STRUCT_OFFSET (KithAttentionCard, buttons[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "third", FALSE, G_STRUCT_OFFSET (KithAttentionCard, buttons[2]));
  gtk_widget_class_bind_template_child_full (widget_class, "first_label", FALSE, G_STRUCT_OFFSET (KithAttentionCard, button_labels[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "second_label", FALSE, G_STRUCT_OFFSET (KithAttentionCard, button_labels[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "third_label", FALSE, G_STRUCT_OFFSET (KithAttentionCard, button_labels[2]));
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kith_attention_card_init (KithAttentionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
