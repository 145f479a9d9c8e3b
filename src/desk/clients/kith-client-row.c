/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-row.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-format.h"
#include "widgets/kith-fit.h"

/* What few rows show, in its order. */
enum
{
  LINKED,
  PENDING,
  NO_CONSENT,
  MINE,
  N_MARKS
};

static const struct
{
  const char *name;
  const char *icon; /* NULL: words */
  const char *tooltip, *classes[3];
} marks[N_MARKS] = {
  { "linked", NULL, N_("Records of several agencies that are the same person"), { "caption", "dim-label" } },
  { "pending", "emblem-synchronizing-symbolic", N_("Not sent yet"), { "small-icon" } },
  { "no_consent", "changes-prevent-symbolic", N_("No consent in force"), { "small-icon", "dim-label" } },
  { "mine", "starred-symbolic", N_("Assigned to you"), { "small-icon" } },
};

struct _KithClientRow
{
  KithListRow parent_instance;
  AdwAvatar *avatar;
  GtkWidget *words;
  GtkLabel *name, *meta;
  GtkWidget *marks[N_MARKS]; /* NULL: not shown so far */
};

G_DEFINE_FINAL_TYPE (KithClientRow, kith_client_row, KITH_TYPE_LIST_ROW)

char *
kith_client_row_name (KithRow *row)
{
  return kith_format_name (kith_row_field (row, "given_name"), kith_row_field (row, "middle_name"), kith_row_field (row, "family_name"),
                           kith_row_field (row, "second_family_name"), kith_row_field (row, "described_as"));
}

/* "also known as Peggy"; NULL: by no other name, or by that alone. Yours */
char *
kith_client_row_also (KithRow *row)
{
  const char *also = kith_row_field (row, "described_as");

  if (!also || (!kith_row_field (row, "given_name") && !kith_row_field (row, "family_name") && !kith_row_field (row, "middle_name") && !kith_row_field (row, "second_family_name")))
    return NULL;
  /* Translators: another name of the person above */
  return g_strdup_printf (_("also known as %s"), also);
}

/* C4: a term ends on this computer too when no hub says so. */
static gboolean
is_consented (KithRow *row,
              gint64   now)
{
  const char *until = kith_row_get_text (row, "consent_until");
  gint64 end;

  return g_strcmp0 (kith_row_get_text (row, "consent"), "in_force") == 0 && (!until || (kith_time_parse (until, &end) && end > now));
}

static GtkWidget *
make_mark (KithClientRow *self,
           guint          which)
{
  GType type = marks[which].icon ? GTK_TYPE_IMAGE : GTK_TYPE_LABEL;
  GtkWidget *mark = g_object_new (type, "name", marks[which].name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "tooltip-text", _(marks[which].tooltip), "css-classes", marks[which].classes, NULL);
  GtkWidget *before = self->words;

  if (marks[which].icon)
    gtk_image_set_from_icon_name (GTK_IMAGE (mark), marks[which].icon);
  else
    gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  for (guint i = 0; i < which; i++)
    if (self->marks[i])
      before = self->marks[i];
  gtk_widget_insert_after (mark, gtk_widget_get_parent (self->words), before);
  return mark;
}

static void
show_mark (KithClientRow *self,
           guint          which,
           gboolean       shown)
{
  if (shown && !self->marks[which])
    self->marks[which] = make_mark (self, which);
  if (self->marks[which])
    gtk_widget_set_visible (self->marks[which], shown);
}

static char *
kith_client_row_update (KithListRow *list_row,
                        KithRow     *row)
{
  KithClientRow *self = KITH_CLIENT_ROW (list_row);
  g_autofree char *name = kith_client_row_name (row);
  g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), kith_context_get_now (kith_list_row_get_context (list_row)));
  const char *number = kith_row_field (row, "number");
  g_autofree char *also = kith_client_row_also (row);
  g_autofree char *meta = kith_format_join (birth, number, also);
  gboolean consented = is_consented (row, kith_context_get_now (kith_list_row_get_context (list_row)));
  gboolean mine = kith_row_get_int (row, "mine") != 0, pending = kith_row_get_int (row, "pending") != 0;
  guint records = 1 + (guint) kith_row_get_int (row, "linked");
  /* Translators: of one person, by several agencies */
  g_autofree char *linked = g_strdup_printf (ngettext ("%u record", "%u records", records), records);

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->meta, meta);
  show_mark (self, LINKED, records > 1);
  if (records > 1)
    gtk_label_set_text (GTK_LABEL (self->marks[LINKED]), linked);
  show_mark (self, PENDING, pending);
  show_mark (self, NO_CONSENT, !consented);
  show_mark (self, MINE, mine);
  return g_strdup_printf ("%s, %s%s%s%s%s%s", name, meta, consented ? "" : _(", no consent in force"), mine ? _(", assigned to you") : "",
                          pending ? _(", not sent yet") : "", records > 1 ? ", " : "", records > 1 ? linked : "");
}

static void
kith_client_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_CLIENT_ROW);
  G_OBJECT_CLASS (kith_client_row_parent_class)->dispose (object);
}

static void
kith_client_row_class_init (KithClientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_client_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->update = kith_client_row_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-client-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithClientRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, KithClientRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithClientRow, meta);
  gtk_widget_class_bind_template_child (widget_class, KithClientRow, words);
}

static void
kith_client_row_init (KithClientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_avatar (self->avatar);
}

/**
 * kith_client_rows_take:
 * @found: rows of a search
 * @rows: (element-type KithRow): of the same search, now. What stayed as it was stays the same row: selected, and where it stands
 */
void
kith_client_rows_take (GListStore *found,
                       GPtrArray  *rows)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (found)), head = 0, tail = 0;

  for (; head < MIN (before, rows->len); head++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (found), head);

      if (!kith_row_same (row, rows->pdata[head]))
        break;
    }
  for (; tail < MIN (before, rows->len) - head; tail++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (found), before - tail - 1);

      if (!kith_row_same (row, rows->pdata[rows->len - tail - 1]))
        break;
    }
  if (head + tail < MAX (before, rows->len))
    g_list_store_splice (found, head, before - head - tail, rows->pdata + head, rows->len - head - tail);
}
