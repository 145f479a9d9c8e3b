/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-absent.h"

#include <glib/gi18n.h>

struct _KithAbsent
{
  AdwBin parent_instance;
  AdwStatusPage *page;
  char *kind, *record; /* record NULL: hidden */
  KithContext *context; /* while something is shown */
  KithWatch *watch;
  gulong sync_id;
};

G_DEFINE_FINAL_TYPE (KithAbsent, kith_absent, ADW_TYPE_BIN)

/* What the store tells of it (query "absent"): a purge leaves nothing of the record itself, so where nothing else names it both reasons are said. */
static const struct
{
  const char *kind, *icon, *title, *over, *left, *named, *unknown;
} kinds[] = {
  { "client", "avatar-default-symbolic", N_("This Person Is Not on This Computer"),
    N_("The time for which the record was shared with you is over, so it cannot be read here any more. With a new consent of the person it comes back."),
    N_("You worked with this person, and that has ended: the record was taken from this computer. What you sent is kept. If you are to work with them again, ask your supervisor to assign you."),
    N_("Something you may read names this person, but the record itself is not shared with you: it never was, or your assignment or the consent ended. Ask your supervisor to assign you, or look the person up with Ask the Network."),
    N_("The record was never here, or it was taken away because your assignment or the consent ended. Search for the person under Clients; if you are to work with them, ask your supervisor to assign you.") },
  { "case", "x-office-document-symbolic", N_("This Case Is Not on This Computer"),
    N_("The time for which the case was shared with you is over, so it cannot be read here any more. With a new consent of the person it comes back."),
    N_("You worked on this case, and that has ended: it was taken from this computer. What you sent is kept. If you are to work on it again, ask your supervisor to assign you."),
    N_("You were told of this case, but it is not with you: you were never assigned to it, or are not any more, or it has not come yet. Ask your supervisor to assign you."),
    N_("The case was never here, or it was taken away because you are not assigned to it any more. If you are to work on it, ask your supervisor to assign you.") },
  { "service", "system-search-symbolic", N_("This Service Is Not on This Computer"), NULL, NULL,
    N_("A referral names this service, but it is not in the directory any more: its agency has taken it out. The referral stays as it is. Search the directory for another one, or ask the agency."),
    N_("The service was never in the directory here, or its agency has taken it out. Search the directory for it by name; the agency can say what became of it.") },
};

static const char *
words_for (guint       i,
           const char *how)
{
  const char *words = g_strcmp0 (how, "coming") == 0 ? N_("It may not be here yet: this computer is still being filled from the hub. It is shown as soon as it has come.") : g_strcmp0 (how, "over") == 0 ? kinds[i].over : g_strcmp0 (how, "left") == 0 ? kinds[i].left : g_strcmp0 (how, "named") == 0 ? kinds[i].named : NULL;

  return _(words ? words : kinds[i].unknown);
}

static void
absent_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithAbsent *self = user_data;
  const char *how = rows->len > 0 ? kith_row_get_text (rows->pdata[0], "how") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, self->kind))
      {
        g_autofree char *said = g_strdup_printf ("%s. %s", _(kinds[i].title), words_for (i, how));

        adw_status_page_set_icon_name (self->page, kinds[i].icon);
        adw_status_page_set_title (self->page, _(kinds[i].title));
        adw_status_page_set_description (self->page, words_for (i, how));
        gtk_widget_set_visible (GTK_WIDGET (self->page), TRUE);
        /* It takes the record's place while the focus stays where it is: who hears the window is told. */
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
      }
}

static void
ask (KithAbsent *self)
{
  static const char *const followed[] = { "notice", "referral", "past_assignment", NULL };
  const char *args[] = { kith_context_get_user (self->context), self->kind, self->record, NULL };

  g_clear_object (&self->watch);
  self->watch = kith_watch_new_args (self->context, "absent", followed, args, absent_cb, self);
}

static void
forget (KithAbsent *self)
{
  g_clear_object (&self->watch);
  if (self->sync_id)
    g_signal_handler_disconnect (kith_context_get_desktop (self->context), self->sync_id);
  self->sync_id = 0;
  g_clear_object (&self->context);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->kind, g_free);
}

/**
 * kith_absent_show:
 * @record: (nullable)
 *
 * The same record again changes nothing.
 *
 * Returns: whether it stands there in the place of the record
 */
gboolean
kith_absent_show (KithAbsent  *self,
                  KithContext *context,
                  const char  *kind,
                  const char  *record)
{
  gtk_widget_set_visible (GTK_WIDGET (self), record != NULL);
  if (g_strcmp0 (record, self->record) == 0)
    return record != NULL;
  forget (self);
  gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE); /* until it is known what to say */
  if (!record)
    return FALSE;
  self->context = g_object_ref (context);
  self->record = g_strdup (record);
  self->kind = g_strdup (kind);
  /* What had not come yet has come, or will not: that is known when the hub was heard. */
  self->sync_id = g_signal_connect_swapped (kith_context_get_desktop (context), "notify::sync-state", G_CALLBACK (ask), self);
  ask (self);
  return TRUE;
}

static void
kith_absent_dispose (GObject *object)
{
  KithAbsent *self = KITH_ABSENT (object);

  forget (self);
  G_OBJECT_CLASS (kith_absent_parent_class)->dispose (object);
}

static void
kith_absent_class_init (KithAbsentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_absent_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
kith_absent_init (KithAbsent *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->page = ADW_STATUS_PAGE (page);
  adw_bin_set_child (ADW_BIN (self), page);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
