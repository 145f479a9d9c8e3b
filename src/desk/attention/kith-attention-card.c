/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-card.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithAttentionCard
{
  AdwBin parent_instance;
  char *key, *text;
  gboolean conflict;
  GtkLabel *title, *message;
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

/* What one wrote in an operation, in words: values of the arguments that a person typed. */
static void
add_words (JsonObject *object,
           GString    *text)
{
  static const char *const typed[] = { "need", "request", "text", "note", "reason", "contact_name", "purpose" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    if (kith_json_string (object, typed[i]))
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", kith_json_string (object, typed[i]));
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

static void
add_patch (KithAttentionCard *self,
           JsonObject        *args,
           GString           *text)
{
  const KithKind *kind = kith_json_string (args, "t") ? kith_kind_get (kith_json_string (args, "t")) : NULL;
  JsonObject *set = kith_json_object (args, "set");
  GList *fields = set ? json_object_get_members (set) : NULL;

  for (GList *l = fields; l; l = l->next)
    {
      const KithField *field = kind ? kith_kind_get_field (kind, l->data) : NULL;
      JsonObject *change = kith_json_object (set, l->data);
      g_autofree char *new = change ? describe_value (json_object_get_member (change, "new")) : NULL;

      if (!new)
        continue;
      kith_facts_take (self->facts, _("I entered"), g_strdup_printf ("%s: %s", field ? _(field->label) : (const char *) l->data, new));
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", new);
    }
  g_list_free (fields);
}

static void
add_now (KithAttentionCard *self,
         KithContext       *context,
         JsonObject        *now)
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
  if (by)
    kith_facts_take (self->facts, _("By"), when ? g_strdup_printf ("%s, %s", by, when) : g_strdup (by));
}

GtkWidget *
kith_attention_card_new_for_operation (KithContext *context,
                                       JsonObject  *entry)
{
  KithAttentionCard *self = g_object_new (KITH_TYPE_ATTENTION_CARD, NULL);
  const char *st = kith_json_string (entry, "st"), *label = kith_json_string (entry, "label"), *message = kith_json_string (entry, "message");
  JsonObject *args = kith_json_object (entry, "args");
  g_autofree char *when = kith_format_time (kith_json_string (entry, "at"), kith_context_get_now (context));
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean merged = g_strcmp0 (st, "merged") == 0, parked = g_strcmp0 (st, "parked") == 0;

  self->key = g_strdup (kith_json_string (entry, "op_id"));
  gtk_label_set_text (self->title, label ? _(label) : kith_json_string (entry, "op"));
  kith_status_pill_set (self->pill, merged ? "emblem-shared-symbolic" : parked ? "media-playback-pause-symbolic" : "action-unavailable-symbolic",
                        merged ? _("Joined with another change") : parked ? _("Put aside by the hub") : _("Not taken"), merged ? "accent" : "bad");
  gtk_label_set_text (self->message, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message && *message);
  kith_facts_add (self->facts, _("I did this"), when);
  if (args)
    {
      kith_facts_add (self->facts, _("Number"), kith_json_string (args, "number"));
      add_words (args, text);
      if (text->len)
        kith_facts_add (self->facts, _("I wrote"), text->str);
      add_patch (self, args, text);
    }
  add_now (self, context, kith_json_object (entry, "now"));
  self->text = g_strdup (text->str);
  set_choices (self, merged ? NULL : _("Redo"), text->len ? _("Copy Text") : NULL, merged ? _("Fine So") : _("Discard…"));
  return GTK_WIDGET (self);
}

static char *
json_words (const char *text)
{
  g_autoptr (JsonNode) node = text ? json_from_string (text, NULL) : NULL;

  return node ? describe_value (node) : g_strdup (text ? text : _("(empty)"));
}

GtkWidget *
kith_attention_card_new_for_conflict (KithContext *context,
                                      KithRow     *row)
{
  KithAttentionCard *self = g_object_new (KITH_TYPE_ATTENTION_CARD, NULL);
  const KithKind *kind = kith_row_get_text (row, "t") ? kith_kind_get (kith_row_get_text (row, "t")) : NULL;
  const char *name = kith_row_get_text (row, "field");
  const KithField *field = kind && name ? kith_kind_get_field (kind, name) : NULL;
  g_autofree char *mine = json_words (kith_row_get_text (row, "mine"));
  g_autofree char *theirs = json_words (kith_row_get_text (row, "theirs"));
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (context));
  g_autofree char *subject = kith_format_name (kith_row_get_text (row, "given_name"), NULL, kith_row_get_text (row, "family_name"), NULL,
                                               kith_row_get_text (row, "number"));
  g_autofree char *title = g_strdup_printf (_("%s of %s"), field ? _(field->label) : name, subject);

  self->conflict = TRUE;
  self->key = g_strdup (kith_row_get_id (row));
  gtk_label_set_text (self->title, title);
  kith_status_pill_set (self->pill, "dialog-question-symbolic", _("Two entries"), "warn");
  gtk_label_set_text (self->message, _("Two people changed this at the same time. Choose what is right; the other stays in the history."));
  /* Translators: who entered something */
  kith_facts_take (self->facts, _("The later entry"), g_strdup_printf ("%s\n%s%s%s", mine, kith_row_get_text (row, "mine_by") ? kith_row_get_text (row, "mine_by") : "",
                                                                      when ? ", " : "", when ? when : ""));
  kith_facts_take (self->facts, _("What was there"), g_strdup_printf ("%s\n%s", theirs, kith_row_get_text (row, "theirs_by") ? kith_row_get_text (row, "theirs_by") : ""));
  set_choices (self, _("Keep the Later Entry"), _("Keep What Was There"), _("Both"));
  return GTK_WIDGET (self);
}

const char *
kith_attention_card_get_key (KithAttentionCard *self)
{
  return self->key;
}

gboolean
kith_attention_card_is_conflict (KithAttentionCard *self)
{
  return self->conflict;
}

const char *
kith_attention_card_get_text (KithAttentionCard *self)
{
  return self->text;
}

static void
kith_attention_card_dispose (GObject *object)
{
  KithAttentionCard *self = KITH_ATTENTION_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_ATTENTION_CARD);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->text, g_free);
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
