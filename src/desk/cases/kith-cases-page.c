/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-cases-page.h"

#include <glib/gi18n.h>

#include "cases/kith-assign-form.h"
#include "cases/kith-case-actions.h"
#include "cases/kith-case-row.h"
#include "cases/kith-case-view.h"
#include "cases/kith-task-edit.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-action-strip.h"

typedef enum { TAB_MINE, TAB_AGENCY, TAB_CLOSED, N_TABS } Tab;

struct _KithCasesPage
{
  KithSplitPage parent_instance;
  KithCaseView *view;
};

G_DEFINE_FINAL_TYPE (KithCasesPage, kith_cases_page, KITH_TYPE_SPLIT_PAGE)

static const KithSplitTab tabs[N_TABS] = {
  [TAB_MINE] = { N_("cases|Mine"), "cases-mine", N_("No Open Cases"), N_("Cases you work on appear here, the next step first."), TRUE },
  [TAB_AGENCY] = { N_("Agency"), "cases-all", N_("No Cases"), N_("Your agency has no case on this computer."), TRUE },
  [TAB_CLOSED] = { N_("cases|Closed"), "cases-closed", N_("No Closed Cases"), N_("A case that has ended appears here, with its outcome.") },
};

static const KithActionStripItem actions[] = {
  { "case.reopen", N_("Reopen…"), "suggested-action" },
  { "case.note", N_("Note"), "suggested-action" },
  { "case.task", N_("Task"), NULL },
  { "case.step", N_("Next Step"), NULL },
  { "case.goal", N_("Goal"), NULL },
  { "case.assess", N_("Assessment…"), NULL },
  { "case.delegate", N_("Task for a Colleague…"), NULL },
  { "case.assign", N_("Assign Staff…"), NULL },
  { "case.edit", N_("Title and Type…"), NULL },
  { "case.close", N_("Close…"), NULL },
};

/* What each submits, in the same order: what may not be done is not offered. */
static const char *const operations[] = { "case.reopen", "note.add", "task.add", "note.add", "goal.set", "assessment.record", "task.add", "assignment.apply",
                                          "record.patch", "case.close" };

G_STATIC_ASSERT (G_N_ELEMENTS (actions) == G_N_ELEMENTS (operations));

static const char *const kinds[] = { "case", "assignment", "client", NULL };

static KithContext *
context_of (KithCasesPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* The list */

/* What a list is asked with: those of this person alone, or of the agency too. */
static void
fill_args (KithCasesPage *self,
           Tab            tab,
           const char    *args[3])
{
  args[0] = kith_context_get_user (context_of (self));
  args[1] = tab == TAB_MINE ? NULL : kith_context_get_agency (context_of (self));
  args[2] = NULL;
}

/* Over all cases here, whichever list is shown. */
static void
kith_cases_page_searched (KithSplitPage *page,
                          const char    *text)
{
  KithContext *context = kith_page_get_context (KITH_PAGE (page));
  g_autofree char *folded = kith_text_fold (text);
  const char *args[] = { kith_context_get_user (context), kith_context_get_agency (context), g_strstrip (folded), NULL };

  if (*folded)
    kith_split_page_show_found (page, "cases-found", kinds, args, _("Search by number, title or the client’s name."));
  else
    kith_split_page_show_tab (page);
}

/* Others see the cases of the agency only as far as they work on them. */
static void
update_actor (KithCasesPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  kith_split_page_set_tab_visible (KITH_SPLIT_PAGE (self), TAB_AGENCY, actor && kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR));
}

/* The first frame on a computer is there before the first fill, which tells whose desk it is. */
static void
actor_changed_cb (KithCasesPage *self)
{
  for (guint i = 0; i < N_TABS; i++)
    {
      const char *args[3];

      fill_args (self, i, args);
      kith_list_model_set_args (kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), i), args);
    }
  update_actor (self);
}

/* The case beside */

static void
may_changed_cb (KithCasesPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].action, self->view && kith_case_view_may (self->view, operations[i]));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.record-service", self->view && kith_case_view_may (self->view, "service.record"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.void-assessment", self->view && kith_case_view_may (self->view, "assessment.record"));
}

static void
kith_cases_page_selected (KithSplitPage *page,
                          const char    *id)
{
  kith_case_view_set_case (kith_cases_page_get_view (KITH_CASES_PAGE (page)), id);
}

static void
compose_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  kith_case_view_compose (kith_cases_page_get_view (KITH_CASES_PAGE (widget)), g_str_equal (name, "case.note") ? KITH_CASE_NOTE
                          : g_str_equal (name, "case.task") ? KITH_CASE_TASK
                          : g_str_equal (name, "case.goal") ? KITH_CASE_GOAL : KITH_CASE_STEP);
}

/* A window asks about the case that was shown when it opened. */
static void
ask (KithCasesPage *self,
     GtkWidget     *window,
     const char    *op,
     const char    *done,
     GCallback      chosen)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (self));
  g_autofree char *scope = g_strconcat ("case:", id, NULL), *of = g_strdup_printf ("%s:%s", op, id);

  kith_reason_window_keep_draft (KITH_REASON_WINDOW (window), context_of (self), scope, of);
  g_object_set_data_full (G_OBJECT (window), "done", kith_page_done (GTK_WIDGET (self), done), g_free);
  g_object_set_data_full (G_OBJECT (window), "case", g_strdup (id), g_free);
  g_signal_connect_object (window, "chosen", chosen, self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
closed_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           KithCasesPage    *self)
{
  kith_reason_window_submit (window, context_of (self), "case.close",
                             kith_json_new ("case", "s", g_object_get_data (G_OBJECT (window), "case"), "outcome", "s", code, "text", "s", text, NULL),
                             g_object_get_data (G_OBJECT (window), "done"), TRUE);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Close the Case"),
                                              _("How did it end? Those who work on it keep their access."), NULL, _("In words"), NULL, _("Close Case"), FALSE);

  kith_reason_window_offer (KITH_REASON_WINDOW (window), context_of (KITH_CASES_PAGE (widget)), "outcome", NULL);
  ask (KITH_CASES_PAGE (widget), window, "case.close", _("Case closed"), G_CALLBACK (closed_cb));
}

static void
reopened_cb (KithReasonWindow *window,
             const char       *code,
             const char       *text,
             KithCasesPage    *self)
{
  kith_reason_window_submit (window, context_of (self), "case.reopen",
                             kith_json_new ("case", "s", g_object_get_data (G_OBJECT (window), "case"), "reason", "s", text, NULL),
                             g_object_get_data (G_OBJECT (window), "done"), TRUE);
}

static void
reopen_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  ask (KITH_CASES_PAGE (widget),
       kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Reopen the Case"), NULL, NULL, _("Why"), "", _("Reopen"), FALSE),
       "case.reopen", _("Case reopened"), G_CALLBACK (reopened_cb));
}

/* The form that takes the place of both (A10) */

static void
show_assign (KithCasesPage *self,
             const char    *client,
             const char    *case_id)
{
  kith_split_page_show_form (KITH_SPLIT_PAGE (self), kith_assign_form_new (context_of (self), client, case_id));
}

static void
assign_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithCasesPage *self = KITH_CASES_PAGE (widget);

  if (self->view && kith_case_view_get_client (self->view))
    show_assign (self, kith_case_view_get_client (self->view), kith_split_page_get_id (KITH_SPLIT_PAGE (self)));
}

/* "assign:CLIENT", or a case. */
static gboolean
kith_cases_page_show_record (KithPage   *page,
                             const char *place)
{
  if (g_str_has_prefix (place, "assign:"))
    {
      show_assign (KITH_CASES_PAGE (page), place + strlen ("assign:"), NULL);
      return TRUE;
    }
  return KITH_PAGE_CLASS (kith_cases_page_parent_class)->show_record (page, place);
}

/* The page */

static const char *
kith_cases_page_get_about (KithPage *page)
{
  KithCaseView *view = KITH_CASES_PAGE (page)->view;

  return view ? kith_case_view_get_name (view) : NULL;
}

static void
kith_cases_page_flush (KithPage *page)
{
  KITH_PAGE_CLASS (kith_cases_page_parent_class)->flush (page);
  if (KITH_CASES_PAGE (page)->view)
    kith_case_view_flush (KITH_CASES_PAGE (page)->view);
}

static void
kith_cases_page_constructed (GObject *object)
{
  KithCasesPage *self = KITH_CASES_PAGE (object);
  KithSplitPage *page = KITH_SPLIT_PAGE (object);

  G_OBJECT_CLASS (kith_cases_page_parent_class)->constructed (object);
  kith_split_page_set_choose (page, _("Choose a case to see it here."));
  for (guint i = 0; i < N_TABS; i++)
    {
      const char *args[3];

      fill_args (self, i, args);
      kith_split_page_add_tab (page, &tabs[i], kith_list_model_new (kith_context_get_desktop (context_of (self)), tabs[i].query, kinds, args));
    }
  kith_split_page_set_search (page, _("Number, title or name"), FALSE);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  update_actor (self);
  kith_split_page_choose_tab (page, TAB_MINE);
  may_changed_cb (self);
}

static void
kith_cases_page_class_init (KithCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_cases_page_constructed;
  page_class->name = "cases";
  page_class->title = N_("Cases");
  page_class->icon_name = "x-office-document-symbolic";
  page_class->get_about = kith_cases_page_get_about;
  page_class->flush = kith_cases_page_flush;
  page_class->show_record = kith_cases_page_show_record;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_CASE_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_cases_page_selected;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_cases_page_searched;
  gtk_widget_class_install_action (widget_class, "case.note", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "case.task", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "case.step", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "case.goal", NULL, compose_action);
  kith_case_actions_install (widget_class);
  kith_task_edit_install (widget_class);
  gtk_widget_class_install_action (widget_class, "case.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "case.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "case.reopen", NULL, reopen_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CASE);
}

static void
kith_cases_page_init (KithCasesPage *self)
{
}

/**
 * kith_cases_page_get_view:
 *
 * Returns: (transfer none): the case beside the list, made when it is first asked for
 */
KithCaseView *
kith_cases_page_get_view (KithCasesPage *self)
{
  if (self->view)
    return self->view;
  self->view = KITH_CASE_VIEW (kith_case_view_new (context_of (self)));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), kith_action_strip_new (actions, G_N_ELEMENTS (actions)), GTK_WIDGET (self->view));
  g_signal_connect_object (self->view, "may-changed", G_CALLBACK (may_changed_cb), self, G_CONNECT_SWAPPED);
  return self->view;
}
