/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-row.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-words.h"
#include "kith-format.h"
#include "widgets/kith-status-pill.h"

struct _KithServiceRow
{
  KithListRow parent_instance;
  GtkLabel *name, *meta;
  KithStatusPill *pill;
};

G_DEFINE_FINAL_TYPE (KithServiceRow, kith_service_row, KITH_TYPE_LIST_ROW)

/* domain.md 2h: what comes before a place. words: transfer full. Yours */
static char *
with_assessment (KithRow *row,
                 char    *words)
{
  g_autofree char *before = words;
  gint64 assess = kith_row_get_int (row, "assess");

  return before && assess > 0 ? g_strdup_printf ("%s, %s", before, assess > 1 ? C_("free places", "for an assessment") : C_("free places", "call first")) : g_steal_pointer (&before);
}

char *
kith_service_row_free_words (KithRow *row,
                             gint64   now_ms)
{
  gint64 n = kith_row_get_int (row, "free");
  gboolean stale, room = n > 0 || kith_row_get_int (row, "room") != 0;
  g_autofree char *age = room ? kith_capacity_age (row, now_ms, &stale) : NULL;
  g_autofree char *words = with_assessment (row, n > 0 ? g_strdup_printf (ngettext ("%d free", "%d free", (gulong) n), (int) n) : room ? g_strdup (_("Places free")) : NULL);

  return words && age ? g_strdup_printf ("%s, %s", words, age) : g_steal_pointer (&words);
}

static const char *
open_words (KithRow *row)
{
  switch (kith_row_get_int (row, "open"))
    {
    case 1:
      return _("Hours not known");
    case 2:
      return _("Holiday: hours may differ");
    default: /* open, or not asked */
      return NULL;
    }
}

/* Yours; NULL: it is for every age, as far as it says */
static char *
ages_words (KithRow *row)
{
  int from = (int) kith_row_get_int (row, "minimum_age"), to = (int) kith_row_get_int (row, "maximum_age");

  if (from > 0 && to > 0)
    /* Translators: ages, both included */
    return g_strdup_printf (_("For ages %d to %d"), from, to);
  if (from > 0)
    return g_strdup_printf (_("For ages %d and older"), from);
  return to > 0 ? g_strdup_printf (_("For ages up to %d"), to) : NULL;
}

gboolean
kith_service_row_is_own (gpointer     row,
                         KithContext *context)
{
  const char *agency = kith_row_get_text (row, "organization") ? kith_row_get_text (row, "organization") : kith_row_field (row, "organization_id");

  return agency && g_strcmp0 (agency, kith_context_get_agency (context)) == 0;
}

/* The address that is at the place asked for, or what it says of where it helps. NULL: nobody asked */
static char *
place_words (KithRow *row)
{
  const char *area = kith_row_get_text (row, "area");
  gint64 near = kith_row_get_int (row, "near");

  if (near == 0 || (near == 2 && !area))
    return NULL;
  if (near == 2)
    return g_strdup (area);
  /* Translators: the area a service helps in, "Serves Santa Clara County" */
  return area && *area ? g_strdup_printf (_("Serves %s"), area) : g_strdup (_("Place not known"));
}

/* NULL: nobody asked */
static char *
distance_words (KithRow *row)
{
  gint64 metres = kith_row_get_int (row, "metres");

  if (!kith_row_get_text (row, "metres"))
    return NULL;
  return metres < 0 ? g_strdup (_("Distance not known")) : kith_format_distance (metres, kith_format_counts_miles ());
}

/* What is said of the cost where that is not plainly none. NULL: it is, or nobody asked */
static char *
cost_words (KithRow *row)
{
  const char *fees = kith_row_get_text (row, "fees");
  gint64 none = kith_row_get_int (row, "no_cost");

  if (none == 3)
    return g_strdup (_("Not free for everybody"));
  if (none != 1)
    return NULL;
  /* Translators: what a service says of its fees, in its own words: "Cost: sliding scale" */
  return fees ? g_strdup_printf (_("Cost: %s"), fees) : g_strdup (_("Cost not known"));
}

char *
kith_service_row_why_words (KithRow *row)
{
  gboolean asks_who = kith_row_get_int (row, "for_whom") == 1;
  g_autofree char *far = distance_words (row);
  g_autofree char *ages = asks_who || kith_row_get_int (row, "unsure") == 2 ? ages_words (row) : NULL;
  g_autofree char *place = place_words (row), *cost = cost_words (row);
  const char *open = open_words (row), *words[] = { far, ages ? ages : asks_who ? _("Does not say who it is for") : NULL, place, cost, open };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words[i]);
  return g_string_free (text, text->len == 0);
}

static char *
kith_service_row_update (KithListRow *list_row,
                         KithRow     *row)
{
  KithServiceRow *self = KITH_SERVICE_ROW (list_row);
  const char *name = kith_row_field (row, "name"), *agency = kith_row_get_text (row, "organization_name"), *status = kith_row_field (row, "status");
  gboolean active = !status || g_str_equal (status, "active"), direct = kith_row_get_int (row, "direct") != 0;

  g_autofree char *vacant = kith_service_row_free_words (row, kith_context_get_now (kith_list_row_get_context (list_row)));
  g_autofree char *why = kith_service_row_why_words (row);
  g_autofree char *who = g_strjoin (agency && vacant ? " · " : "", vacant ? vacant : "", agency ? agency : "", NULL);
  g_autofree char *meta = g_strjoin (why && *who ? " · " : "", why ? why : "", who, NULL); /* first: the end may be cut */

  gtk_label_set_text (self->name, name ? name : "");
  gtk_label_set_text (self->meta, meta);
  if (!active)
    kith_status_pill_set (self->pill, "media-playback-pause-symbolic", kith_format_code ("service_status", status), "warn");
  else
    kith_status_pill_set (self->pill, "document-send-symbolic", direct ? _("Direct") : NULL, "accent");
  return g_strjoin (", ", name ? name : "", meta, !active ? kith_format_code ("service_status", status)
                    : direct ? _("takes direct referrals") : NULL, NULL);
}

static void
kith_service_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_SERVICE_ROW);
  G_OBJECT_CLASS (kith_service_row_parent_class)->dispose (object);
}

static void
kith_service_row_class_init (KithServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_service_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->update = kith_service_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/directory/kith-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithServiceRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithServiceRow, meta);
  gtk_widget_class_bind_template_child (widget_class, KithServiceRow, pill);
}

static void
kith_service_row_init (KithServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
