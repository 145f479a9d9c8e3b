/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/kith-mail-rows.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-notice-mail.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-switch-row.h"

struct _KithMailRows
{
  AdwPreferencesGroup parent_instance;
  KithContext *context;
  AdwEntryRow *email;
  KithSwitchRow *notices, *digest;
  AdwActionRow *problem_row;
  GtkLabel *problem;
  KithWatch *watch;
  JsonObject *account; /* as the hub has it; NULL: not there yet */
  gboolean spoke;      /* the hub was told of the language of these windows */
  gboolean showing;    /* the rows say what was read, nobody changes them */
  guint under_way;     /* answers awaited */
};

G_DEFINE_FINAL_TYPE (KithMailRows, kith_mail_rows, ADW_TYPE_PREFERENCES_GROUP)

static void
tell (KithMailRows *self,
      const char   *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), words != NULL);
}

/* Nobody gets mail who did not ask for it (kith_notice_mails). */
static gboolean
is_on (KithMailRows *self,
       const char   *field)
{
  return kith_json_bool (self->account, field, FALSE);
}

static void
show_account (KithMailRows *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  gboolean portal = actor && actor->level == KITH_LEVEL_PORTAL;
  const char *email = kith_json_string (self->account, "email");

  self->showing = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notices), portal ? _("Resource assigned e_mails") : _("E_mail about what happens"));
  if (portal)
    {
      g_autofree char *words = kith_mail_address_is_valid (email) ? g_strdup_printf (_("To %s"), email)
                                                                  : g_strdup (_("There is no address yet. Ask who gave you the account to enter one."));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->notices), words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->email), !portal);
  gtk_widget_set_visible (GTK_WIDGET (self->digest), actor && kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR));
  kith_entry_set (self->email, email);
  kith_switch_row_set_active (self->notices, is_on (self, "mail_notices"));
  kith_switch_row_set_active (self->digest, is_on (self, "mail_digest"));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->showing = FALSE;
}

/* That of these windows, as an operation takes it: "es", "pt_BR". */
static char *
spoken_language (void)
{
  const char *spoken = g_get_language_names ()[0]; /* "es_MX.UTF-8", "es_419" */
  gsize n = strspn (spoken, "abcdefghijklmnopqrstuvwxyz"), country = spoken[n] == '_' ? strspn (spoken + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;

  if (n < 2 || n > 3) /* "C" */
    return g_strdup ("en");
  return g_strndup (spoken, country == 2 && (spoken[n + 3] == '\0' || strchr (".@", spoken[n + 3])) ? n + 3 : n);
}

static void
spoke_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    g_debug ("the language of the mail: %s", error->message);
}

/* Not while an answer is awaited: what was read before would take back what was just chosen. */
static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithMailRows *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  g_clear_pointer (&self->account, json_object_unref);
  self->account = body ? json_object_ref (body) : NULL;
  if (!self->account || self->under_way > 0)
    return;
  show_account (self);
  /* The windows speak another language by now, and so does the mail; nobody has to be told when that has to wait. */
  if (!self->spoke && (is_on (self, "mail_notices") || is_on (self, "mail_digest")))
    {
      g_autofree char *language = spoken_language ();

      if (g_strcmp0 (kith_json_string (self->account, "mail_language"), language) != 0)
        kith_context_submit (self->context, "staff.set_notices",
                             kith_json_new ("staff", "s", kith_context_get_user (self->context), "mail_language", "s", language, NULL), NULL, FALSE, spoke_cb, NULL);
      self->spoke = TRUE;
    }
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithMailRows) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  self->under_way--;
  if (done || !self->account || !self->context)
    return;
  show_account (self);
  tell (self, error->message);
}

static void
submit (KithMailRows *self,
        JsonObject   *change) /* transfer full */
{
  g_autofree char *language = spoken_language ();

  json_object_set_string_member (change, "staff", kith_context_get_user (self->context));
  if (g_strcmp0 (kith_json_string (self->account, "mail_language"), language) != 0)
    json_object_set_string_member (change, "mail_language", language);
  tell (self, NULL);
  self->under_way++;
  kith_context_submit (self->context, "staff.set_notices", change, NULL, FALSE, submitted_cb, g_object_ref (self));
}

static void
switch_cb (KithMailRows *self,
           GParamSpec   *pspec,
           KithSwitchRow *which)
{
  if (!self->showing && self->account)
    submit (self, kith_json_new (which == self->notices ? "mail_notices" : "mail_digest", "b", kith_switch_row_get_active (which), NULL));
}

static void
email_cb (KithMailRows *self)
{
  g_autofree char *text = kith_entry_text (self->email);

  kith_entry_set_error (self->email, FALSE);
  if (text && !kith_mail_address_is_valid (text))
    {
      kith_entry_set_error (self->email, TRUE);
      tell (self, _("This is no email address. Write it like ana@example.org."));
      gtk_widget_grab_focus (GTK_WIDGET (self->email));
      return;
    }
  submit (self, kith_json_new ("email", "s", text ? text : "", NULL));
}

static void
kith_mail_rows_dispose (GObject *object)
{
  KithMailRows *self = KITH_MAIL_ROWS (object);

  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_MAIL_ROWS);
  g_clear_pointer (&self->account, json_object_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_mail_rows_parent_class)->dispose (object);
}

static void
kith_mail_rows_class_init (KithMailRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_mail_rows_dispose;
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/preferences/kith-mail-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, KithMailRows, email);
  gtk_widget_class_bind_template_child (widget_class, KithMailRows, notices);
  gtk_widget_class_bind_template_child (widget_class, KithMailRows, digest);
  gtk_widget_class_bind_template_child (widget_class, KithMailRows, problem_row);
  gtk_widget_class_bind_template_child (widget_class, KithMailRows, problem);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_cb);
}

static void
kith_mail_rows_init (KithMailRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kith_mail_rows_set_context (KithMailRows *self,
                            KithContext  *context)
{
  static const char *const kinds[] = { "staff", NULL };

  self->context = g_object_ref (context);
  if (*kith_context_get_user (context))
    self->watch = kith_watch_new (context, "account", kinds, kith_context_get_user (context), rows_cb, self);
}
