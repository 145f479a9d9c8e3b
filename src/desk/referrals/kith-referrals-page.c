/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referrals-page.h"

#include <glib/gi18n.h>

#include "attention/kith-match-form.h"
#include "kith-format.h"
#include "kith-referral-brief.h"
#include "kith-referral-filter.h"
#include "kith-referral-form.h"
#include "kith-referral-left.h"
#include "kith-referral-row.h"
#include "kith-referral-view.h"
#include "kith-referrals-actions.h"
#include "kith-shortcuts.h"

typedef struct
{
  KithReferralView *view;
  GtkWidget *bar; /* above it */
  KithReferralFilter *filter;
  KithListModel *found; /* what the filter leaves of the tab shown; NULL: it was never used */
  gboolean shows_found;
  KithWatch *left_watch; /* of what is typed; NULL: nothing is */
  char *left;            /* words about it, when it went elsewhere */
  KithWatch *jump_watch; /* of the one that was opened from elsewhere */
  char *jump;            /* its id, until its list is known; NULL: it is */
  char *gone_before;     /* who was decided on, to be named with the one that comes next; NULL: nobody was */
  gboolean tells_where;  /* what is shown has left the list beside it, and the record says for which */
} KithReferralsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithReferralsPage, kith_referrals_page, KITH_TYPE_SPLIT_PAGE)

static guint
total (KithListModel *model)
{
  guint n;

  g_object_get (model, "total", &n, NULL);
  return n;
}

/* What lies in the list shown, or in the one a filter was put over. */
static KithListModel *
tab_model (KithReferralsPage *self)
{
  return kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), kith_split_page_get_tab (KITH_SPLIT_PAGE (self)));
}

/* The sidebar counts what waits for an answer from here; what was sent waits for others. */
static void
update_count (KithReferralsPage *self)
{
  if (KITH_IS_INBOX_PAGE (self))
    kith_page_set_count (KITH_PAGE (self), total (kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), 0)));
}

static gboolean
filtered (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  return priv->filter && kith_referral_filter_is_active (priv->filter);
}

static void
update_found (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  guint n = priv->found && filtered (self) ? total (priv->found) : 0, of = total (tab_model (self));
  /* Translators: how many of a list are shown */
  g_autofree char *words = filtered (self) ? g_strdup_printf (_("%u of %u"), n, of) : NULL;

  kith_split_page_set_count_text (KITH_SPLIT_PAGE (self), words);
}

static const char *const *
list_kinds (void)
{
  static const char *const kinds[] = { "referral", "referral_course", "referral_detail", "referral_own", "organization", "queue", "queue_status", NULL };

  return kinds;
}

static void
show_nothing (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  kith_split_page_set_empty (KITH_SPLIT_PAGE (self), priv->left ? "mail-forward-symbolic" : "edit-find-symbolic",
                             priv->left ? kith_referral_left_title () : _("Nothing Matches"),
                             priv->left ? priv->left : _("No referral of this list fits the search and the filters."), _("Clear Filters"), "list.clear-filters");
}

/* P17: a mail's number finds nothing once the record went elsewhere. */
static void
left_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (user_data);

  g_free (priv->left);
  priv->left = rows->len > 0 ? kith_referral_left_words (rows->pdata[0]) : NULL;
  if (priv->shows_found)
    show_nothing (user_data);
}

static void
look_for_left (KithReferralsPage *self,
               const char        *typed)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  g_clear_object (&priv->left_watch);
  g_clear_pointer (&priv->left, g_free);
  if (typed && *typed)
    priv->left_watch = kith_referral_left_watch (kith_page_get_context (KITH_PAGE (self)), typed, left_cb, self);
}

static void
show_list (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  g_auto (GStrv) args = NULL;

  if (!filtered (self))
    {
      priv->shows_found = FALSE;
      look_for_left (self, NULL);
      kith_split_page_show_tab (KITH_SPLIT_PAGE (self));
      update_found (self);
      return;
    }
  args = kith_referral_filter_args (priv->filter);
  look_for_left (self, args[5]);
  if (priv->shows_found)
    show_nothing (self);
  if (priv->found)
    kith_list_model_set_args (priv->found, (const char *const *) args);
  else
    {
      KithContext *context = kith_page_get_context (KITH_PAGE (self));

      priv->found = kith_list_model_new (kith_context_get_desktop (context), klass->found, list_kinds (), (const char *const *) args);
      g_signal_connect_object (priv->found, "notify::total", G_CALLBACK (update_found), self, G_CONNECT_SWAPPED);
    }
  if (priv->shows_found)
    return; /* the rows come by themselves */
  priv->shows_found = TRUE;
  show_nothing (self);
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (priv->found), TRUE);
  update_found (self);
}

static void
kith_referrals_page_tab_chosen (KithSplitPage *page,
                                guint          tab)
{
  KithReferralsPage *self = KITH_REFERRALS_PAGE (page);
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  const KithReferralTab *t = &KITH_REFERRALS_PAGE_GET_CLASS (self)->tabs[tab];

  kith_referral_filter_set_phases (priv->filter, t->phases, t->answers);
  show_list (self);
}

/* The list that has such referrals; n_tabs: none of them */
static guint
tab_of (KithReferralsPage *self,
        const char        *phase)
{
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  guint t = 0;

  while (t < klass->n_tabs && !g_strv_contains (klass->tabs[t].phases, phase))
    t++;
  return t;
}

/* What is shown stays when it leaves the list it was chosen from, whoever did that: the record says what became of it and where it is. */
static void
tell_where (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  const char *phase = priv->view ? kith_referral_view_get_phase (priv->view) : NULL;
  guint t = phase && !priv->jump && !filtered (self) ? tab_of (self, phase) : klass->n_tabs;
  g_autofree char *words = NULL;

  if (t < klass->n_tabs && t != kith_split_page_get_tab (KITH_SPLIT_PAGE (self)))
    /* Translators: what became of a referral that is shown, and which list it is in now: "Accepted. It is under “In Work” now." */
    words = g_strdup_printf (_("%s. It is under “%s” now."), kith_referral_view_get_status (priv->view), g_dpgettext (NULL, klass->tabs[t].list.label, 0));
  if (words || priv->tells_where)
    kith_referral_view_tell (priv->view, words);
  priv->tells_where = words != NULL;
}

static void
steps_changed_cb (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  tell_where (self);
  kith_referrals_actions_update (GTK_WIDGET (self), priv->bar, priv->view);
}

/* Returns (transfer none): the referral beside the list, made when it is first asked for */
KithReferralView *
kith_referrals_page_get_view (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  if (priv->view)
    return priv->view;
  priv->view = KITH_REFERRAL_VIEW (kith_referral_view_new (kith_page_get_context (KITH_PAGE (self))));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), priv->bar = kith_referrals_action_bar_new (), GTK_WIDGET (priv->view));
  g_signal_connect_object (priv->view, "steps-changed", G_CALLBACK (steps_changed_cb), self, G_CONNECT_SWAPPED);
  return priv->view;
}

/* What comes next is said: a screen reader has only heard who was decided on, and names in a list look alike. */
static void
kith_referrals_page_selected (KithSplitPage *page,
                              const char    *id)
{
  KithReferralsPage *self = KITH_REFERRALS_PAGE (page);
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralView *view = kith_referrals_page_get_view (self);
  g_autofree char *before = id ? g_steal_pointer (&priv->gone_before) : NULL, *words = NULL;

  priv->tells_where = FALSE;
  kith_referral_view_set_referral (view, id);
  if (!before || !kith_split_page_has_moved_on (page))
    return;
  /* Translators: who was decided on, with the number of the referral, and that another one is shown now */
  words = g_strdup_printf (_("Next in the list, after %s"), before);
  kith_referral_view_tell (view, words);
}

void
kith_referrals_page_go_on (KithReferralsPage *self,
                           const char        *id)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  if (!priv->view || g_strcmp0 (kith_split_page_get_id (KITH_SPLIT_PAGE (self)), id) != 0)
    return; /* another one was chosen meanwhile */
  g_free (priv->gone_before);
  priv->gone_before = g_strdup (kith_referral_view_get_about (priv->view));
  kith_split_page_move_on (KITH_SPLIT_PAGE (self));
}

/* Here letters act, so a search is asked for (Ctrl+F); it narrows the list shown. */
static void
kith_referrals_page_searched (KithSplitPage *page,
                              const char    *text)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (page));

  kith_referral_filter_set_text (priv->filter, text);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *target)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (widget));

  kith_split_page_clear_search (KITH_SPLIT_PAGE (widget));
  kith_referral_filter_clear (priv->filter);
}

/* Escape in the search entry puts everything back. */
static void
kith_referrals_page_search_stopped (KithSplitPage *page)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (page));

  kith_referral_filter_clear (priv->filter);
}

/* "2:ID:1": the tab, the referral, and what was being written about it; from elsewhere only the id comes. */
static char *
kith_referrals_page_get_place (KithPage *page)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (page));

  if (!id || kith_split_page_get_form (KITH_SPLIT_PAGE (page)))
    return KITH_PAGE_CLASS (kith_referrals_page_parent_class)->get_place (page);
  return g_strdup_printf ("%u:%s:%d", kith_split_page_get_tab (KITH_SPLIT_PAGE (page)), id, kith_referral_view_get_compose (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (page))));
}

/* The list it stands in follows from its phase: one that is long, or not read yet, could not say. */
static void
jump_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReferralsPage *self = user_data;
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  KithSplitPage *page = KITH_SPLIT_PAGE (self);
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  const char *phase = body ? kith_json_string (body, "phase") : NULL;
  g_autofree char *id = g_steal_pointer (&priv->jump);
  guint t;

  if (!id || !phase || g_strcmp0 (kith_split_page_get_id (page), id) != 0 || kith_split_page_get_form (page) || filtered (self))
    return;
  t = tab_of (self, phase);
  if (t == klass->n_tabs || t == kith_split_page_get_tab (page))
    return;
  kith_split_page_choose_tab (page, t);
  KITH_PAGE_CLASS (kith_referrals_page_parent_class)->show_record (KITH_PAGE (self), id);
}

/* From elsewhere comes the id alone. */
static void
find_tab (KithReferralsPage *self,
          const char        *id)
{
  static const char *const kinds[] = { "referral", NULL };
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);

  g_free (priv->jump);
  priv->jump = g_strdup (id);
  g_clear_object (&priv->jump_watch);
  priv->jump_watch = kith_watch_new (kith_page_get_context (KITH_PAGE (self)), "referral", kinds, id, jump_cb, self);
}

static gboolean
kith_referrals_page_show_record (KithPage   *page,
                                 const char *place)
{
  KithReferralsPage *self = KITH_REFERRALS_PAGE (page);
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  g_auto (GStrv) parts = g_strsplit (place, ":", 3);
  const char *id = parts[1] ? parts[1] : place;
  guint tab = parts[1] ? (guint) g_ascii_strtoull (parts[0], NULL, 10) : kith_split_page_get_tab (KITH_SPLIT_PAGE (page));
  int compose = parts[1] && parts[2] ? atoi (parts[2]) : -1;

  /* "staff:ID:Name": what a colleague has in hand. */
  if (g_str_equal (parts[0], "staff") && parts[1] && parts[2])
    {
      kith_split_page_show_form (KITH_SPLIT_PAGE (page), NULL);
      kith_split_page_choose_tab (KITH_SPLIT_PAGE (page), 1);
      KITH_PAGE_CLASS (kith_referrals_page_parent_class)->search (page);
      kith_referral_filter_set_person (priv->filter, parts[1], parts[2]);
      return TRUE;
    }
  if (g_str_equal (place, "new"))
    {
      kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_referral_form_new (kith_page_get_context (page), NULL, NULL));
      return TRUE;
    }
  if (g_str_equal (place, "same") && KITH_IS_INBOX_PAGE (page))
    {
      kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_match_form_new (kith_page_get_context (page)));
      return TRUE;
    }
  /* "again:ID:CLIENT": goes on from that one. */
  if (g_str_equal (parts[0], "again") && parts[1])
    {
      kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_referral_form_new (kith_page_get_context (page), parts[2] && *parts[2] ? parts[2] : NULL, parts[1]));
      return TRUE;
    }
  /* "edit:ID:CLIENT": waits to be sent. */
  if (g_str_equal (parts[0], "edit") && parts[1])
    {
      kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_referral_form_new_edit (kith_page_get_context (page), parts[2] && *parts[2] ? parts[2] : NULL, parts[1]));
      return TRUE;
    }
  /* From elsewhere: what is looked for must not be hidden by a filter. */
  if (filtered (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "list.clear-filters", NULL);
  kith_split_page_choose_tab (KITH_SPLIT_PAGE (page), tab);
  KITH_PAGE_CLASS (kith_referrals_page_parent_class)->show_record (page, id);
  if (!parts[1])
    find_tab (self, id);
  if (compose >= KITH_COMPOSE_NOTE && compose <= KITH_COMPOSE_CONTACT)
    kith_referral_view_compose (kith_referrals_page_get_view (self), compose);
  return TRUE;
}

static void
kith_referrals_page_flush (KithPage *page)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (page));

  if (priv->view)
    kith_referral_view_flush (priv->view);
  KITH_PAGE_CLASS (kith_referrals_page_parent_class)->flush (page);
}

/* The first frame on a computer is there before the first fill, which tells whose desk it is. */
static void
actor_changed_cb (KithReferralsPage *self)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  const char *args[] = { kith_context_get_side (kith_page_get_context (KITH_PAGE (self))), NULL };
  KithListModel *model;

  for (guint i = 0; (model = kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), i)); i++)
    kith_list_model_set_args (model, args);
  kith_referral_filter_update (priv->filter);
  if (filtered (self))
    show_list (self);
}

static void
kith_referrals_page_constructed (GObject *object)
{
  KithReferralsPage *self = KITH_REFERRALS_PAGE (object);
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  KithContext *context = kith_page_get_context (KITH_PAGE (self));
  KithSplitPage *page = KITH_SPLIT_PAGE (object);

  G_OBJECT_CLASS (kith_referrals_page_parent_class)->constructed (object);
  kith_split_page_set_choose (page, _("Choose a referral to see it here."));
  priv->filter = KITH_REFERRAL_FILTER (kith_referral_filter_new (context, klass->services));
  g_signal_connect_object (priv->filter, "changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  kith_split_page_set_search (page, _("Name, number or service"), FALSE);
  kith_split_page_set_search_extra (page, GTK_WIDGET (priv->filter), _("Search and filter (Ctrl+F)"));
  kith_referrals_print_add_button (page);
  for (guint i = 0; i < klass->n_tabs; i++)
    kith_split_page_add_tab (page, &klass->tabs[i].list, kith_context_list (context, klass->tabs[i].list.query, list_kinds (), kith_context_get_side (context)));
  g_signal_connect_object (kith_split_page_get_tab_model (page, 0), "notify::total", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_choose_tab (page, 0);
  update_count (self);
  steps_changed_cb (self);
}

static void
kith_referrals_page_dispose (GObject *object)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (object));

  g_clear_object (&priv->found);
  g_clear_object (&priv->left_watch);
  g_clear_pointer (&priv->left, g_free);
  g_clear_object (&priv->jump_watch);
  g_clear_pointer (&priv->jump, g_free);
  g_clear_pointer (&priv->gone_before, g_free);
  G_OBJECT_CLASS (kith_referrals_page_parent_class)->dispose (object);
}

static const char *
kith_referrals_page_get_about (KithPage *page)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (KITH_REFERRALS_PAGE (page));

  return priv->view ? kith_referral_view_get_about (priv->view) : NULL;
}

/* query: out: the named query of the list as it is shown, the filter with it. Returns (transfer full): what that is asked with */
char **
kith_referrals_page_get_asked (KithReferralsPage *self,
                               const char       **query)
{
  KithReferralsPagePrivate *priv = kith_referrals_page_get_instance_private (self);
  KithReferralsPageClass *klass = KITH_REFERRALS_PAGE_GET_CLASS (self);
  const char *own[] = { kith_context_get_side (kith_page_get_context (KITH_PAGE (self))), NULL };

  *query = filtered (self) ? klass->found : klass->tabs[kith_split_page_get_tab (KITH_SPLIT_PAGE (self))].list.query;
  return filtered (self) ? kith_referral_filter_args (priv->filter) : g_strdupv ((char **) own);
}

static void
kith_referrals_page_class_init (KithReferralsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_referrals_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_referrals_page_dispose;
  KITH_PAGE_CLASS (klass)->get_about = kith_referrals_page_get_about;
  KITH_PAGE_CLASS (klass)->flush = kith_referrals_page_flush;
  KITH_PAGE_CLASS (klass)->get_place = kith_referrals_page_get_place;
  KITH_PAGE_CLASS (klass)->show_record = kith_referrals_page_show_record;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_REFERRAL_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->stays = TRUE;
  KITH_SPLIT_PAGE_CLASS (klass)->tab_chosen = kith_referrals_page_tab_chosen;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_referrals_page_selected;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_referrals_page_searched;
  KITH_SPLIT_PAGE_CLASS (klass)->search_stopped = kith_referrals_page_search_stopped;
  gtk_widget_class_install_action (widget_class, "list.clear-filters", NULL, clear_filters_action);
  kith_referrals_print_install (widget_class);
  kith_referrals_actions_install (widget_class);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_REFERRAL);
}

static void
kith_referrals_page_init (KithReferralsPage *self)
{
}
