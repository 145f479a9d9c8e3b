/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-match-card.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "kith-kind.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithMatchCard
{
  AdwBin parent_instance;
  char *match, *client, *number;
  GtkLabel *title, *note;
  KithStatusPill *pill;
  GtkGrid *grid;
  GtkButton *first, *second, *third;
  int n_lines;
  gint64 like; /* an earlier row; 0: a client */
};

G_DEFINE_FINAL_TYPE (KithMatchCard, kith_match_card, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is compared: the value of one field of both, and how alike the two are. */
static const struct
{
  const char *title; /* N_() */
  const char *fields[3];
  const char *level;
} lines[] = {
  { N_("Given name"), { "given_name" }, "given_level" },
  { N_("Family name"), { "family_name", "second_family_name" }, "family_level" },
  { N_("Date of birth"), { "date_of_birth" }, "birth_level" },
  { N_("Phone"), { "phone" }, "phone_level" },
  { N_("Address"), { "street", "city" }, "street_level" },
};

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* NULL: not known. Yours */
static char *
value_of (JsonObject        *person,
          const char *const *fields)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 3 && fields[i]; i++)
    {
      const char *value = person ? kith_json_string (person, fields[i]) : NULL;
      g_autofree char *shown = !value                                      ? NULL
                               : g_str_equal (fields[i], "date_of_birth") ? kith_format_date (value)
                               : g_str_equal (fields[i], "phone")         ? kith_format_phone (value)
                                                                          : NULL;

      if (value)
        g_string_append_printf (text, "%s%s", text->len == 0 ? "" : g_str_equal (fields[0], "street") ? ", " : " ", shown ? shown : value);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* How alike two values are, in words: what counts as the same need not look so. */
static const char *
alike_words (const char *first,
             const char *second,
             const char *level)
{
  g_autofree char *a = kith_text_fold (first), *b = kith_text_fold (second);

  if (g_strcmp0 (level, "exact") != 0 || g_str_equal (first, second))
    return kith_format_code ("match_level", level);
  /* One of two family names counts as the same: what stands beside it says that the other does not. */
  return g_str_equal (a, b) ? _("The same, spelled differently") : _("In part the same");
}

static gboolean
is_swapped_day (JsonObject *first,
                JsonObject *second,
                const char *field)
{
  const char *a = first ? kith_json_string (first, field) : NULL, *b = second ? kith_json_string (second, field) : NULL;

  return a && b && g_str_equal (field, "date_of_birth") && strlen (a) == strlen ("1988-04-07") && strlen (b) == strlen (a) && !g_str_equal (a, b) &&
         strncmp (a, b, 5) == 0 && strncmp (a + 5, b + 8, 2) == 0 && strncmp (a + 8, b + 5, 2) == 0;
}

static void
add_line (KithMatchCard *self,
          const char    *title,
          const char    *first,
          const char    *second,
          const char    *level,
          const char    *words)
{
  gboolean same = g_strcmp0 (level, "exact") == 0;
  GtkWidget *values[] = { label_new (first ? first : "–", NULL), label_new (second ? second : "–", NULL) };
  GtkWidget *what = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->n_lines++;
  gtk_box_append (GTK_BOX (what), label_new (title, "meta"));
  if (first && second)
    gtk_box_append (GTK_BOX (what), label_new (words, same ? "alike" : "unlike"));
  gtk_grid_attach (self->grid, what, 0, self->n_lines, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gtk_widget_set_hexpand (values[i], TRUE);
      if (first && second && !same)
        gtk_widget_add_css_class (values[i], "differing-value");
      gtk_grid_attach (self->grid, values[i], (int) i + 1, self->n_lines, 1, 1);
    }
}

/* Whose record: the agency and the number, which leads there where this computer holds it. */
static GtkWidget *
source_new (const char *agency,
            const char *number,
            const char *client)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), label_new (agency ? agency : _("Another agency"), "section-title"));
  if (number)
    {
      GtkWidget *button = gtk_button_new_with_label (number);
      g_autofree char *place = g_strconcat ("clients/", client, NULL);
      /* Translators: a record's number and its agency */
      g_autofree char *said = g_strdup_printf (_("Open record %s of %s"), number, agency ? agency : "");

      gtk_widget_add_css_class (button, "link");
      gtk_widget_add_css_class (button, "person-link");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/**
 * kith_match_card_choose:
 * @i: 0: the same person, 1: different people, 2: later
 *
 * As if the button had been pressed: only the signal, what follows is the list's.
 */
void
kith_match_card_choose (KithMatchCard *self,
                        guint          i)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, i);
}

static void
clicked_cb (KithMatchCard *self,
            GtkButton     *button)
{
  kith_match_card_choose (self, button == self->first ? 0 : button == self->second ? 1 : 2);
}

static void
kith_match_card_dispose (GObject *object)
{
  KithMatchCard *self = KITH_MATCH_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_MATCH_CARD);
  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->number, g_free);
  G_OBJECT_CLASS (kith_match_card_parent_class)->dispose (object);
}

static void
kith_match_card_class_init (KithMatchCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_match_card_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/attention/kith-match-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, title);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, note);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, pill);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, grid);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, first);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, second);
  gtk_widget_class_bind_template_child (widget_class, KithMatchCard, third);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
kith_match_card_init (KithMatchCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_lines (KithMatchCard *self,
           JsonObject    *body)
{
  JsonObject *first = body ? kith_json_object (body, "first_values") : NULL, *second = body ? kith_json_object (body, "second_values") : NULL;

  for (guint i = 0; body && i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *a = value_of (first, lines[i].fields), *b = value_of (second, lines[i].fields);

      if (a || b)
        add_line (self, _(lines[i].title), a, b, kith_json_string (body, lines[i].level),
                  is_swapped_day (first, second, lines[i].fields[0]) ? _("Day and month exchanged") : a && b ? alike_words (a, b, kith_json_string (body, lines[i].level)) : NULL);
    }
}

GtkWidget *
kith_match_card_new (KithContext *context,
                     KithRow     *row)
{
  KithMatchCard *self = g_object_new (KITH_TYPE_MATCH_CARD, NULL);
  gboolean likely = g_strcmp0 (kith_row_get_text (row, "zone"), "link") == 0;

  self->match = g_strdup (kith_row_get_id (row));
  kith_status_pill_set (self->pill, likely ? "dialog-warning-symbolic" : "dialog-question-symbolic", likely ? _("Probably") : _("Maybe"),
                        likely ? "warn" : "accent");
  for (int i = 0; i < 2; i++)
    gtk_grid_attach (self->grid, source_new (kith_row_get_text (row, i == 0 ? "first_agency_name" : "second_agency_name"),
                                             kith_row_get_text (row, i == 0 ? "first_number" : "second_number"), kith_row_get_text (row, i == 0 ? "first" : "second")),
                     i + 1, 0, 1, 1);
  add_lines (self, kith_row_body (row, "body"));
  return GTK_WIDGET (self);
}

GtkWidget *
kith_match_card_new_compared (JsonObject *body,
                              KithRow    *first,
                              KithRow    *second)
{
  KithMatchCard *self = g_object_new (KITH_TYPE_MATCH_CARD, NULL);
  GtkButton *buttons[] = { self->first, self->second, self->third };
  KithRow *rows[] = { first, second };

  gtk_widget_set_visible (GTK_WIDGET (self->title), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_set_visible (GTK_WIDGET (buttons[i]), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *source = source_new (kith_row_get_text (rows[i], "agency_name"), NULL, NULL);
      JsonObject *client = kith_row_body (rows[i], "body");
      const char *number = client ? kith_json_string (client, "number") : NULL;

      if (number)
        gtk_box_append (GTK_BOX (source), label_new (number, "meta"));
      gtk_grid_attach (self->grid, source, (int) i + 1, 0, 1, 1);
    }
  add_lines (self, body);
  return GTK_WIDGET (self);
}

/* What "same person" would do: "Email, Phones" */
static char *
words_for_missing (JsonArray *fields,
                   gboolean   like)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; fields && i < json_array_get_length (fields); i++)
    {
      const char *name = json_array_get_string_element (fields, i);
      const KithField *own = kith_kind_get_field (kith_kind_get ("client"), name), *field = own ? own : kith_kind_get_field (kith_kind_get ("client_billing"), name);

      if (field)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", _(field->label));
    }
  if (like && names->len == 0)
    return g_strdup (_("Same person: one client comes in, as the earlier row says. Different: each row becomes a client of its own."));
  if (like) /* Translators: a list of fields */
    return g_strdup_printf (_("Same person: one client comes in, as the earlier row says, with what only this one has (%s). Different: each row becomes a client of its own."),
                            names->str);
  if (names->len == 0)
    return g_strdup (_("Same person: nothing is changed here. Different: the row becomes a client of its own."));
  /* Translators: a list of fields */
  return g_strdup_printf (_("Same person: what is missing here comes from the row (%s), and nothing else is changed. Different: the row becomes a client of its own."),
                          names->str);
}

static GtkWidget *
row_new (gint64 number)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_autofree char *row = g_strdup_printf (_("Row %s"), text);

  gtk_box_append (GTK_BOX (box), label_new (_("The file"), "section-title"));
  gtk_box_append (GTK_BOX (box), label_new (row, "meta"));
  return box;
}

/**
 * kith_match_card_new_for_row:
 * @maybe: a row that may be a client who is here, or whom an earlier row is of
 *
 * Returns: (transfer floating): the two beside each other; to leave it for later nothing has to be said
 */
GtkWidget *
kith_match_card_new_for_row (KithContext *context,
                             JsonObject  *maybe)
{
  KithMatchCard *self = g_object_new (KITH_TYPE_MATCH_CARD, NULL);
  gint64 row = kith_json_int (maybe, "row", 0), like = kith_json_int (maybe, "like", 0);
  const char *agency = kith_json_string (maybe, "agency_name");
  g_autofree char *note = words_for_missing (kith_json_array (maybe, "missing"), like > 0);

  self->match = g_strdup_printf ("%" G_GINT64_FORMAT, row);
  self->client = g_strdup (kith_json_string (maybe, "client"));
  self->number = g_strdup (kith_json_string (maybe, "number"));
  self->like = like;
  kith_status_pill_set (self->pill, "dialog-question-symbolic", _("Maybe"), "accent");
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->third), FALSE);
  gtk_grid_attach (self->grid, like > 0        ? row_new (like)
                               : self->client ? source_new (agency ? agency : _("Here"), self->number, self->client)
                                              : label_new (_("Not here any more"), "section-title"),
                   1, 0, 1, 1);
  gtk_grid_attach (self->grid, row_new (row), 2, 0, 1, 1);
  add_lines (self, kith_json_object (maybe, "body"));
  return GTK_WIDGET (self);
}

const char *
kith_match_card_get_match (KithMatchCard *self)
{
  return self->match;
}

const char *
kith_match_card_get_client (KithMatchCard *self)
{
  return self->client;
}

const char *
kith_match_card_get_number (KithMatchCard *self)
{
  return self->number;
}

gint64
kith_match_card_get_like (KithMatchCard *self)
{
  return self->like;
}
