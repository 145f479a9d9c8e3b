/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-balance-form.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"
#include "kith-store-balance.h"
#include "staff/kith-staff-back.h"
#include "staff/kith-staff-mover.h"
#include "widgets/kith-check-row.h"
#include "widgets/kith-two-sides.h"

struct _KithBalanceForm
{
  KithForm parent_instance;
  KithProposal *proposal;
  GPtrArray *checks; /* (element-type GtkCheckButton): of the moves that can be made, in their order; owned by the list */
  GPtrArray *loads;  /* (element-type GtkLabel): of the people, in their order; owned by the list */
  guint built, build_id; /* moves that have their line; 0: no more are made */
  GtkWidget *content, *columns, *even, *moves_box, *left_box, *people_box;
  GtkLabel *summary;
  GtkListBox *people, *moves, *left;
  GCancellable *job, *running;
};

G_DEFINE_FINAL_TYPE (KithBalanceForm, kith_balance_form, KITH_TYPE_FORM)

#define MOST 100 /* moves of one proposal: one looks through them */
#define AT_A_TIME 4 /* lines made before keys are looked at again */

static gboolean
is_ticked (KithBalanceForm *self,
           guint            i)
{
  return i < self->checks->len && gtk_check_button_get_active (self->checks->pdata[i]);
}

/* The loads as they would be, of what is ticked. */
static guint
load_after (KithBalanceForm    *self,
            KithProposalPerson *person)
{
  gint64 load = person->before;

  for (guint i = 0; i < self->proposal->moves->len; i++)
    {
      KithProposalMove *move = self->proposal->moves->pdata[i];

      if (!is_ticked (self, i))
        continue;
      if (g_strcmp0 (move->to, person->id) == 0)
        load += move->weight;
      if (g_strcmp0 (move->from, person->id) == 0)
        load -= move->weight;
    }
  return (guint) MAX (0, load);
}

static GtkWidget *
line_new (const char *title,
          const char *subtitle)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title ? title : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle ? subtitle : "");
  return line;
}

static void
add_people (KithBalanceForm *self)
{
  for (guint i = 0; i < self->proposal->people->len; i++)
    {
      KithProposalPerson *person = self->proposal->people->pdata[i];
      GtkWidget *line = line_new (person->name, person->left ? _("Has left") : person->away ? _("On leave: keeps what is theirs") : NULL), *label = gtk_label_new (NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (line), label);
      gtk_list_box_append (self->people, line);
      g_ptr_array_add (self->loads, label);
    }
}

/* Anew at each tick: of the lines only the numbers. */
static void
show_people (KithBalanceForm *self)
{
  guint n = 0, most_before = 0, most_after = 0;
  g_autofree char *words = NULL;
  g_autofree char *largest = NULL;

  for (guint i = 0; i < self->loads->len; i++)
    {
      KithProposalPerson *person = self->proposal->people->pdata[i];
      GtkWidget *label = self->loads->pdata[i];
      guint after = load_after (self, person);
      g_autofree char *load = after == person->before ? g_strdup_printf ("%u", after)
                              /* Translators: in hand before, then after */
                              : g_strdup_printf (_("%u → %u"), person->before, after);

      gtk_label_set_text (GTK_LABEL (label), load);
      gtk_widget_remove_css_class (label, after == person->before ? "section-title" : "dim-label");
      gtk_widget_add_css_class (label, after == person->before ? "dim-label" : "section-title");
      if (!person->left && !person->away)
        {
          most_before = MAX (most_before, person->before);
          most_after = MAX (most_after, after);
        }
    }
  for (guint i = 0; i < self->checks->len; i++)
    n += is_ticked (self, i);
  words = g_strdup_printf (ngettext ("%u client goes to somebody else, with their cases, referrals and tasks.",
                                     "%u clients go to somebody else, with their cases, referrals and tasks.", n), n);
  largest = g_strdup_printf (_("The most anybody at work has in hand: %u before, %u after."), most_before, most_after);
  g_autofree char *both = g_strconcat (words, " ", largest, NULL);
  gtk_label_set_text (self->summary, both);
}

static void
add_move (KithBalanceForm  *self,
          KithProposalMove *move)
{
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%s → %s · %u to take over", "%s → %s · %u to take over", move->weight), move->from_name, move->to_name,
                                               move->weight);
  GtkWidget *line = line_new (*move->name ? move->name : move->number, subtitle), *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (show_people), self, G_CONNECT_SWAPPED);
  kith_check_row_join (ADW_ACTION_ROW (line), GTK_CHECK_BUTTON (check), subtitle);
  gtk_list_box_append (self->moves, line);
  g_ptr_array_add (self->checks, check);
}

/* Nobody fits: which need is lacking. */
static void
add_left (KithBalanceForm  *self,
          KithProposalMove *move)
{
  g_autofree char *language = move->lacks == KITH_BALANCE_NO_LANGUAGE ? kith_language_name (move->need) : NULL;
  g_autofree char *why = NULL;

  if (move->lacks == KITH_BALANCE_NO_LANGUAGE)
    why = g_strdup_printf (_("Nobody who can take work speaks %s."), language);
  else if (move->lacks == KITH_BALANCE_NO_SKILL)
    why = g_strdup_printf (_("Nobody who can take work takes this kind of case: %s."), kith_format_code ("case_type", move->need));
  else
    why = g_strdup (_("Nobody else can take work now."));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", move->from_name, why);
  gtk_list_box_append (self->left, line_new (*move->name ? move->name : move->number, subtitle));
}

static void
show_proposal (KithBalanceForm *self)
{
  guint n_left = self->proposal->moves->len - self->checks->len;

  gtk_widget_set_visible (self->even, self->checks->len == 0 && n_left == 0);
  gtk_widget_set_visible (self->people_box, TRUE);
  add_people (self);
  show_people (self);
  if (self->checks->len == 0)
    gtk_label_set_text (self->summary, n_left > 0 ? _("There is nothing to move.") : _("The work is spread evenly, as far as languages, kinds of case and leave allow."));
  else
    gtk_widget_grab_focus (self->checks->pdata[0]);
}

/* A few lines at a time: nothing can be done with them until all are there, but the window answers. */
static gboolean
build_cb (gpointer user_data)
{
  KithBalanceForm *self = user_data;
  GPtrArray *moves = self->proposal->moves;
  guint end = MIN (moves->len, self->built + AT_A_TIME);

  for (; self->built < end; self->built++)
    {
      KithProposalMove *move = moves->pdata[self->built];

      if (move->to)
        add_move (self, move);
      else
        add_left (self, move);
      gtk_widget_set_visible (move->to ? self->moves_box : self->left_box, TRUE);
    }
  if (self->built < moves->len)
    return G_SOURCE_CONTINUE;
  self->build_id = 0;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  show_proposal (self);
  return G_SOURCE_REMOVE;
}

/* The proposal, worked out where the rows are */

typedef struct
{
  char *agency, *today;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->agency);
  g_free (asked->today);
  g_free (asked);
}

static gpointer
propose_job (gpointer      db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  Asked *asked = data;

  return kith_store_propose_balance (db, asked->agency, asked->today, MOST, error);
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (KithBalanceForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithProposal) proposal = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!self->checks) /* left meanwhile */
    return;
  if (!proposal)
    {
      kith_form_set_busy (KITH_FORM (self), FALSE);
      kith_form_tell (KITH_FORM (self), error ? error->message : NULL);
      return;
    }
  self->proposal = g_steal_pointer (&proposal);
  self->build_id = g_idle_add (build_cb, self);
}

/* Apply */

static void
progress_cb (guint    done,
             guint    total,
             gpointer user_data)
{
  g_autofree char *words = g_strdup_printf (_("Moving… %u of %u"), done, total);

  gtk_label_set_text (KITH_BALANCE_FORM (user_data)->summary, words);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithBalanceForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *left_out = NULL;
  g_autoptr (KithContext) context = kith_form_get_context (KITH_FORM (self)) ? g_object_ref (kith_form_get_context (KITH_FORM (self))) : NULL;
  guint n;
  gboolean done = kith_staff_move_finish (result, &n, &left_out, &error);

  if (!self->checks || !context)
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!done && n == 0)
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  if (!done)
    kith_context_problem (context, _("Stopped on the way. What was moved before can be taken back."), error);
  else if (left_out)
    {
      g_autoptr (GError) some = g_error_new (KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", left_out);

      kith_context_problem (context, _("Some were left out"), some);
    }
  else
    kith_staff_offer_back (GTK_WIDGET (self), context, _("Balanced. It can be taken back as one."), kith_staff_move_get_transfer (result));
  kith_form_done (KITH_FORM (self), NULL);
}

static void
kith_balance_form_commit (KithForm *form)
{
  KithBalanceForm *self = KITH_BALANCE_FORM (form);
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_staff_move_free);

  for (guint i = 0; self->proposal && i < self->checks->len; i++)
    {
      KithProposalMove *move = self->proposal->moves->pdata[i];

      if (is_ticked (self, i))
        g_ptr_array_add (moves, kith_staff_move_new (move->client, move->name, move->from, move->to));
    }
  if (moves->len == 0)
    {
      kith_form_tell (form, _("There is nothing to move."));
      return;
    }
  kith_form_set_busy (form, TRUE);
  kith_staff_move_async (kith_form_get_context (form), g_steal_pointer (&moves), progress_cb, self->running, applied_cb, g_object_ref (self));
}

/* Nothing is typed here that would be worth keeping: a proposal is made anew. */
static JsonObject *
kith_balance_form_collect (KithForm *form)
{
  return NULL;
}

static void
kith_balance_form_restore (KithForm   *form,
                           JsonObject *draft)
{
}

static void
kith_balance_form_dispose (GObject *object)
{
  KithBalanceForm *self = KITH_BALANCE_FORM (object);

  if (self->running)
    g_cancellable_cancel (self->running);
  if (self->job)
    g_cancellable_cancel (self->job);
  g_clear_object (&self->running);
  g_clear_object (&self->job);
  g_clear_handle_id (&self->build_id, g_source_remove);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->loads, g_ptr_array_unref);
  g_clear_pointer (&self->proposal, kith_proposal_free);
  G_OBJECT_CLASS (kith_balance_form_parent_class)->dispose (object);
}

static void
kith_balance_form_class_init (KithBalanceFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_balance_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_balance_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_balance_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_balance_form_restore;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/staff/kith-balance-form.ui");
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, content);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, columns);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, even);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, moves_box);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, left_box);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, people_box);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, summary);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, people);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, moves);
  gtk_widget_class_bind_template_child (widget_class, KithBalanceForm, left);
}

static void
kith_balance_form_init (KithBalanceForm *self)
{
  self->checks = g_ptr_array_new ();
  self->loads = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->columns, kith_two_sides_new ());
  kith_form_set_content (KITH_FORM (self), self->content);
}

/**
 * kith_balance_form_new:
 *
 * Returns: (transfer floating): a form that is busy until the proposal was worked out on the reader's thread
 */
GtkWidget *
kith_balance_form_new (KithContext *context)
{
  KithBalanceForm *self = g_object_new (KITH_TYPE_BALANCE_FORM, NULL);
  Asked *asked = g_new0 (Asked, 1);

  kith_form_set_up (KITH_FORM (self), context, "balance", "balance", NULL, _("Balance"), _("Apply"));
  asked->agency = g_strdup (kith_context_get_agency (context));
  asked->today = kith_format_today (kith_context_get_now (context));
  self->job = g_cancellable_new ();
  self->running = g_cancellable_new ();
  kith_form_set_busy (KITH_FORM (self), TRUE);
  gtk_label_set_text (self->summary, _("Looking at who has how much…"));
  kith_desktop_read_async (kith_context_get_desktop (context), propose_job, asked, asked_free, self->job, proposed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
