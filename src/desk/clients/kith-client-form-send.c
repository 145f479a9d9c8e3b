/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Save does with what the form says: each record by an operation of its own, all in one transaction. */

#include "kith-client-form-private.h"

#include <glib/gi18n.h>

#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-head-note.h"
#include "kith-id.h"
#include "kith-json.h"
#include "widgets/kith-ask-window.h"

typedef struct
{
  KithClientForm *self;
  char *id, *with; /* with: whose household's next member is registered then; NULL: nobody is */
  char *then;      /* where what they came for goes on; NULL: nowhere */
} Commit;

static void
commit_free (Commit *commit)
{
  g_object_unref (commit->self);
  g_free (commit->id);
  g_free (commit->with);
  g_free (commit->then);
  g_free (commit);
}

/* The record that was made is shown first: it stands behind the form, and is there when that is left. */
static void
done (KithClientForm *self,
      const char     *id,
      const char     *with,
      const char     *then)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self)); /* NULL: the page went from it while this was written */
  g_autoptr (GtkWidget) root = window ? g_object_ref (GTK_WIDGET (window)) : NULL;
  g_autofree char *next = with ? g_strconcat ("clients/new:", with, NULL) : g_strdup (then); /* a referral waits among what was begun until all are registered */

  kith_form_done (KITH_FORM (self), id);
  if (next && root)
    gtk_widget_activate_action (root, "win.go", "s", next);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Commit *commit = user_data;
  KithForm *form = KITH_FORM (commit->self);
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!saved)
    kith_form_refused (form, KITH_CONTEXT (source), error);
  else if (kith_form_get_context (form)) /* not locked or left meanwhile */
    {
      kith_form_set_busy (form, FALSE);
      done (commit->self, commit->id, commit->with, commit->then);
    }
  commit_free (commit);
}

/* With the name as it is in the form now. */
static char *
said (KithClientForm *self,
      const char     *done)
{
  g_autoptr (JsonObject) values = kith_client_form_values (self, FALSE);
  g_autofree char *name = kith_format_client_name (values);

  return kith_format_done (done, name);
}

static void
add_registration (KithClientForm *self,
                  GPtrArray      *steps,
                  const char     *id)
{
  guint choice = adw_combo_row_get_selected (self->consent_choice);
  JsonObject *consent = NULL, *dated = NULL;

  if (choice > 0)
    {
      g_autofree char *consent_id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));

      consent = choice == 1 ? kith_consent_fields_collect (self->consent) : json_object_new ();
      if (choice == 2)
        kith_field_rows_collect (self->refusal, consent, FALSE);
      json_object_set_string_member (consent, "id", consent_id);
      /* A paper with a day of its own, or an end by what happens, follows in the same Save: an older hub would refuse it with the whole registration. */
      if (json_object_has_member (consent, "signed_on") || json_object_has_member (consent, "end_event"))
        dated = g_steal_pointer (&consent);
      else
        json_object_set_string_member (consent, "permission", choice == 1 ? "granted" : "refused");
    }
  g_ptr_array_add (steps, kith_store_step_new ("client.register",
                                               kith_json_new ("id", "s", id, "values", "o", kith_client_form_values (self, FALSE), "billing", "o",
                                                              kith_client_form_billing (self, FALSE), "consent", "o", consent, "not_same", "a",
                                                              kith_similar_pane_get_different (self->similar), NULL),
                                               TRUE));
  if (dated)
    {
      json_object_set_string_member (dated, "client", id);
      g_ptr_array_add (steps, kith_store_step_new ("consent.record", dated, FALSE));
    }
}

/* Its own act on a record of its own: refused, it takes nothing of the registration with it. */
static void
add_health (KithClientForm *self,
            GPtrArray      *steps,
            const char     *client)
{
  g_autoptr (JsonObject) said = kith_client_form_health (self, FALSE);
  g_autofree char *id = kith_id_natural ("client_health", client);
  JsonObject *set;

  if (!said)
    return;
  set = json_object_new ();
  kith_field_rows_add_changes (self->health, NULL, set);
  g_ptr_array_add (steps, kith_store_step_new ("record.patch", kith_json_new ("t", "s", "client_health", "id", "s", id, "client", "s", client, "set", "o", set, NULL), FALSE));
}

/* Joins in the same Save: refused later, it takes nothing of the registration with it. Whom the new one shares with is asked of each member by itself (C2). */
static void
add_household (KithClientForm *self,
               GPtrArray      *steps,
               const char     *client)
{
  JsonObject *args = kith_household_rows_join (self->household, client);

  if (args)
    g_ptr_array_add (steps, kith_store_step_new ("household.join", args, FALSE));
}

/* Insurance and billing are a record of their own, which fewer people see (A1): their change is an operation of its own. */
static void
add_changes (KithClientForm *self,
             GPtrArray      *steps)
{
  JsonObject *set = kith_client_form_changes (self), *billing = self->billing_id ? kith_client_form_billing_changes (self) : NULL;

  if (billing && json_object_get_size (billing) > 0)
    g_ptr_array_add (steps, kith_store_step_new ("record.patch",
                                                 kith_json_new ("t", "s", "client_billing", "id", "s", self->billing_id, "client", "s",
                                                                self->billing_before ? NULL : self->client, "set", "o", json_object_ref (billing), NULL),
                                                 FALSE));
  if (json_object_get_size (set) > 0 || steps->len == 0)
    g_ptr_array_add (steps, kith_store_step_new ("record.patch", kith_json_new ("t", "s", "client", "id", "s", self->client, "set", "o", json_object_ref (set), NULL),
                                                 FALSE));
  g_clear_pointer (&billing, json_object_unref);
  json_object_unref (set);
}

static void
commit_form (KithClientForm *self,
             gboolean        more)
{
  KithForm *form = KITH_FORM (self);
  g_autofree char *problem = self->gone ? kith_client_form_gone_words () : self->client && (!self->before || !self->billing_known) ? g_strdup (_("The record is still being read. Try again in a moment.")) : kith_client_form_problem (self);
  g_autofree char *words = NULL;
  const char *with = more && self->household ? kith_household_rows_get_with (self->household) : NULL;
  GPtrArray *steps;
  Commit *commit;

  if (!problem && !self->client && adw_combo_row_get_selected (self->consent_choice) == 1)
    {
      problem = g_strdup (kith_consent_fields_problem (self->consent));
      kith_consent_fields_focus_problem (self->consent);
    }
  if (!problem && !self->client && adw_combo_row_get_selected (self->consent_choice) == 2)
    problem = kith_field_rows_check (self->refusal);
  if (!problem && !self->client)
    problem = kith_household_rows_problem (self->household);
  if (!problem && !self->client)
    problem = kith_client_form_need_problem (self);
  if (problem)
    {
      kith_form_tell (form, problem);
      return;
    }
  steps = kith_store_steps_new ();
  commit = g_new0 (Commit, 1);
  commit->self = g_object_ref (self);
  commit->id = self->client ? g_strdup (self->client) : kith_context_new_id (kith_form_get_context (form));
  commit->with = g_strdup (with ? with : more ? commit->id : NULL);
  if (self->client)
    add_changes (self, steps);
  else
    {
      add_registration (self, steps, commit->id);
      add_health (self, steps, commit->id);
      add_household (self, steps, commit->id);
      commit->then = kith_client_form_add_need (self, steps, commit->id);
    }
  /* Translators: the page My Day, where one goes on with it; their name follows */
  words = said (self, self->client ? _("Saved") : more && commit->then ? _("Client registered, and a referral begun, which waits in My Day") : _("Client registered"));
  kith_form_submit (form, steps, words, submitted_cb, commit);
}

void
kith_client_form_commit (KithForm *form)
{
  commit_form (KITH_CLIENT_FORM (form), FALSE);
}

void
kith_client_form_commit_more (KithClientForm *self)
{
  commit_form (self, TRUE);
}

/* The relation was said: they join as the new one would have. Else it is asked, for nobody guesses it, and nothing is registered any more. */
static void
join_found (KithClientForm *self,
            KithContext    *context,
            GtkWindow      *parent,
            const char     *id)
{
  const char *with = self->household ? kith_household_rows_get_with (self->household) : NULL;
  g_autofree char *today = NULL;
  KithAskWindow *window;

  if (!with || g_str_equal (with, id))
    return;
  if (kith_household_rows_is_said (self->household))
    {
      kith_context_submit (context, "household.join", kith_household_rows_join (self->household, id), _("Household changed"), TRUE, NULL, NULL);
      return;
    }
  today = kith_format_today (kith_context_get_day_now (context));
  window = KITH_ASK_WINDOW (kith_ask_window_new (parent, context, "household.join", _("Join a Household"), _("Each member agrees to sharing for themselves."), _("Join"),
                                                 _("Household changed"), kith_json_new ("client", "s", id, "with", "s", with, NULL),
                                                 kith_json_new ("since", "s", today, NULL)));
  kith_head_note_add_to (window, context);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_client_form_take_found (KithClientForm *self,
                             const char     *id)
{
  g_autoptr (KithClientForm) kept = g_object_ref (self); /* the page drops it */
  g_autoptr (KithContext) context = g_object_ref (kith_form_get_context (KITH_FORM (self)));
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *then = kith_client_form_hand_over_need (self, id); /* it is this person's: the next one is not shown it */

  if (kith_client_form_says_more (self))
    {
      kith_form_flush (KITH_FORM (self));
      kith_context_toast (context, _("What you typed is kept under New Client"));
    }
  else
    kith_form_drop_draft (KITH_FORM (self));
  kith_form_done (KITH_FORM (self), id);
  if (then)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.go", "s", then);
  join_found (self, context, parent, id);
}
