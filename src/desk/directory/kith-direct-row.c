/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/kith-direct-row.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-switch-row.h"

struct _KithDirectRow
{
  AdwBin parent_instance;
  KithContext *context;
  AdwActionRow *row;
  KithSwitchRow *on;
  KithWatch *told_watch;
  GPtrArray *told;     /* (element-type KithRow) of service-answerers; NULL: not read yet */
  GCancellable *job;
  char *service, *agency, *name;
  gboolean direct, active, showing, asked; /* asked: the hub is */
};

G_DEFINE_FINAL_TYPE (KithDirectRow, kith_direct_row, ADW_TYPE_BIN)

static gboolean
is_own (KithDirectRow *self)
{
  return g_strcmp0 (kith_context_get_agency (self->context), self->agency) == 0;
}

/* Who is told is known of one's own agency alone. */
static char *
words (KithDirectRow *self)
{
  const char *means = self->direct ? _("Other agencies can send clients to this service. Each referral is to be answered, or it expires.")
                                   : _("Others can only give clients the information. Switched on, they can send clients here, and each referral is to be answered.");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *told = NULL;

  if (!self->active)
    return g_strjoin (" ", means, _("The directory says that this service is not active: as long as it does, nobody can send anything."), NULL);
  if (!is_own (self) || !self->told)
    return g_strdup (means);
  for (guint i = 0; i < self->told->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kith_row_get_text (self->told->pdata[i], "name") ? kith_row_get_text (self->told->pdata[i], "name") : "");
  told = self->told->len > 0 ? g_strdup_printf (_("Told of each: %s."), names->str)
                             : g_strdup (_("Nobody here would be told of one: first make somebody a supervisor, or referral manager of this service, on Staff."));
  return g_strjoin (" ", means, told, NULL);
}

static void
update (KithDirectRow *self)
{
  g_autofree char *subtitle = words (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->on), subtitle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->on), !self->asked);
  self->showing = TRUE;
  if (!self->asked)
    kith_switch_row_set_active (self->on, self->direct);
  self->showing = FALSE;
}

static void
told_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithDirectRow *self = user_data;

  g_clear_pointer (&self->told, g_ptr_array_unref);
  self->told = g_ptr_array_ref (rows);
  update (self);
}

/* Switching it */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithDirectRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    kith_context_problem (KITH_CONTEXT (source), _("That was not changed"), error);
  self->asked = FALSE;
  if (!self->context) /* gone meanwhile */
    return;
  if (!error)
    self->direct = kith_switch_row_get_active (self->on);
  update (self);
}

static void
switched_cb (KithDirectRow *self)
{
  gboolean on = kith_switch_row_get_active (self->on);
  g_autofree char *done = NULL;

  if (self->showing || on == self->direct)
    return;
  self->asked = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->on), FALSE);
  done = kith_format_done (on ? _("Takes direct referrals now") : _("Information only now"), self->name);
  kith_context_submit (self->context, "service.set_direct", kith_json_new ("service", "s", self->service, "direct", "b", on, NULL), done, FALSE, submitted_cb, g_object_ref (self));
}

/* Who may */

static gpointer
may_job (gpointer      store,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (JsonObject) args = kith_json_new ("service", "s", (const char *) data, "direct", "b", TRUE, NULL);

  return GINT_TO_POINTER (kith_store_may (store, "service.set_direct", args, NULL));
}

static void ask_may (KithDirectRow *self);

static void
may_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithDirectRow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean may = GPOINTER_TO_INT (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error));

  if (self->context)
    kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) ask_may);
  if (self->context && !error)
    gtk_widget_set_visible (GTK_WIDGET (self), may);
}

static void
ask_may (KithDirectRow *self)
{
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  self->job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (self->context), may_job, g_strdup (self->service), g_free, self->job, may_cb, g_object_ref (self));
}

static void
keep (char      **text,
      const char *now)
{
  char *before = *text;

  *text = g_strdup (now);
  g_free (before);
}

/**
 * kith_direct_row_show:
 * @name: of the service
 * @direct: it takes direct referrals
 * @active: as the directory says it
 */
void
kith_direct_row_show (KithDirectRow *self,
                      const char    *service,
                      const char    *agency,
                      const char    *name,
                      gboolean       direct,
                      gboolean       active)
{
  static const char *const kinds[] = { "staff", "staff_service", NULL };

  if (g_strcmp0 (self->service, service) != 0)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      g_clear_object (&self->told_watch);
      g_clear_pointer (&self->told, g_ptr_array_unref);
      self->asked = FALSE;
    }
  keep (&self->service, service);
  keep (&self->agency, agency);
  keep (&self->name, name);
  self->direct = direct;
  self->active = active;
  if (!self->told_watch && service && agency && is_own (self))
    self->told_watch = kith_watch_new_args (self->context, "service-answerers", kinds, (const char *const[]) { service, agency, NULL }, told_cb, self);
  update (self);
  if (service)
    ask_may (self);
}

gboolean
kith_direct_row_enter (KithDirectRow *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_grab_focus (GTK_WIDGET (self->on));
}

static void
kith_direct_row_dispose (GObject *object)
{
  KithDirectRow *self = KITH_DIRECT_ROW (object);

  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->told_watch);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->agency, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_direct_row_parent_class)->dispose (object);
}

static void
kith_direct_row_class_init (KithDirectRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_direct_row_dispose;
}

static void
kith_direct_row_init (KithDirectRow *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->on = KITH_SWITCH_ROW (kith_switch_row_new (_("Takes direct referrals")));
  gtk_widget_set_name (GTK_WIDGET (self->on), "direct-switch");
  g_signal_connect_object (self->on, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->on));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_bin_set_child (ADW_BIN (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_direct_row_new:
 *
 * Returns: (transfer floating): hidden before kith_direct_row_show(), and for those who may not
 */
GtkWidget *
kith_direct_row_new (KithContext *context)
{
  KithDirectRow *self = g_object_new (KITH_TYPE_DIRECT_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
