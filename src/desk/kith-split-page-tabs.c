/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of a page, one at a time: a button above for each, which says how many lie in it, and what is searched for in their place. */

#include "kith-split-page-private.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-places.h"

/* What is behind is hidden as well: a stack measures all it has that is not, words that are not shown with it. */
static void
show_in_place (GtkStack   *stack,
               const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (stack, name);

  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (stack, shown);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == shown);
}

/* "Choose one": of what? */
static void
update_beside (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GListModel *model = priv->selection ? gtk_single_selection_get_model (priv->selection) : NULL;
  gboolean known = KITH_IS_LIST_MODEL (model) ? kith_list_model_is_known (KITH_LIST_MODEL (model)) : !priv->unread;
  gboolean rows = priv->selection && g_list_model_get_n_items (G_LIST_MODEL (priv->selection)) > 0, says = rows || (known && !priv->beside_of_row);

  adw_status_page_set_icon_name (priv->placeholder, says ? priv->beside_icon : NULL);
  adw_status_page_set_description (priv->placeholder, says ? priv->beside_words : NULL);
}

/* icon_name: NULL: the page's; words: NULL: the list says already why there is nothing */
void
kith_split_page_set_placeholder (KithSplitPage *self,
                                 const char    *icon_name,
                                 const char    *words)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  priv->beside_icon = g_intern_string (icon_name ? icon_name : KITH_PAGE_GET_CLASS (self)->icon_name);
  priv->beside_words = g_intern_string (words);
  priv->beside_of_row = FALSE;
  update_beside (self);
}

/**
 * kith_split_page_set_choose:
 * @self: the page
 * @words: (nullable): that a row is chosen; not said beside a list that has none
 */
void
kith_split_page_set_choose (KithSplitPage *self,
                            const char    *words)
{
  kith_split_page_set_placeholder (self, NULL, words);
  kith_split_page_get_private (self)->beside_of_row = TRUE;
  update_beside (self);
}

/* Its rows; or that there are none; or, as long as that is not known, why. */
void
kith_split_page_update_list (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GListModel *model = gtk_single_selection_get_model (priv->selection);
  gboolean known = KITH_IS_LIST_MODEL (model) ? kith_list_model_is_known (KITH_LIST_MODEL (model)) : !priv->unread;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->selection));

  show_in_place (priv->list_stack, n > 0 ? "list" : known ? "empty" : "unread");
  adw_status_page_set_icon_name (priv->empty, n == 0 && known ? priv->empty_icon : NULL);
  update_beside (self);
}

/**
 * kith_split_page_set_unread:
 * @self: the page
 * @unread: what it searched for could not be read
 *
 * For a list that the page fills itself: a #KithListModel is asked. The list then does not pass for empty.
 */
void
kith_split_page_set_unread (KithSplitPage *self,
                            gboolean       unread)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  priv->unread = unread;
  if (priv->selection)
    kith_split_page_update_list (self);
}

/* Nobody is told that there is nothing while it may be on its way. */
void
kith_split_page_tell_coming (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  gboolean searched = priv->sought && *priv->sought;

  if (!priv->empty_title)
    return;
  if (kith_coming_is_filling (kith_page_get_context (KITH_PAGE (self))) && !searched)
    {
      adw_status_page_set_title (priv->empty, _("Still Coming"));
      adw_status_page_set_description (priv->empty, _("What belongs here appears as it comes from the hub."));
      return;
    }
  adw_status_page_set_title (priv->empty, priv->empty_title);
  adw_status_page_set_description (priv->empty, priv->empty_text);
}

/* In a window the action is looked for at once, and there is none of that name without what it is told. */
static void
set_action (GtkActionable *button,
            const char    *action)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (g_action_parse_detailed_name (action, &name, &target, NULL));
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

void
kith_split_page_set_empty (KithSplitPage *self,
                           const char    *icon_name,
                           const char    *title,
                           const char    *description,
                           const char    *button,
                           const char    *action)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  priv->empty_icon = g_intern_string (icon_name);
  if (adw_status_page_get_icon_name (priv->empty)) /* while it is shown: one that is not would be fetched for nothing */
    adw_status_page_set_icon_name (priv->empty, icon_name);
  g_free (priv->empty_title);
  priv->empty_title = g_strdup (title);
  g_free (priv->empty_text);
  priv->empty_text = g_strdup (description);
  kith_split_page_tell_coming (self);
  gtk_widget_set_visible (GTK_WIDGET (priv->empty_button), button != NULL);
  if (button)
    {
      gtk_button_set_label (priv->empty_button, button);
      set_action (GTK_ACTIONABLE (priv->empty_button), action);
    }
}

typedef struct
{
  const KithSplitTab *tab; /* of the page's class, static */
  GtkToggleButton *button;
  KithListModel *model;
  char *text; /* in the place of what the class says; NULL: that */
} Tab;

static void
tab_free (gpointer data)
{
  Tab *tab = data;

  g_object_unref (tab->model);
  g_free (tab->text);
  g_free (tab);
}

static guint
total (KithListModel *model)
{
  guint n;

  g_object_get (model, "total", &n, NULL);
  return n;
}

static void
update_count (Tab *tab)
{
  guint n = tab->tab->counted ? total (tab->model) : 0;
  /* Translators: a list and how many lie in it: "Mine 4" */
  const char *name = g_dpgettext (NULL, tab->tab->label, 0); /* "calls|Open": what is open has a gender elsewhere */
  g_autofree char *label = n > 0 ? g_strdup_printf (_("%s %u"), name, n) : g_strdup (name);

  gtk_button_set_label (GTK_BUTTON (tab->button), label);
  /* A third list takes a second line of words rather than a wider page. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (tab->button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (tab->button))), GTK_JUSTIFY_CENTER);
}

static void
total_cb (KithListModel *model,
          GParamSpec    *pspec,
          KithSplitPage *self)
{
  GPtrArray *tabs = kith_split_page_get_private (self)->tabs;

  for (guint i = 0; tabs && i < tabs->len; i++)
    if (((Tab *) tabs->pdata[i])->model == model)
      update_count (tabs->pdata[i]);
}

static void
toggled_cb (KithSplitPage   *self,
            GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    KITH_SPLIT_PAGE_GET_CLASS (self)->tab_chosen (self, kith_split_page_get_tab (self));
}

/**
 * kith_split_page_add_tab:
 * @self: the page
 * @tab: what the list is called and what it says when it is empty; static
 * @model: (transfer full): what lies in it
 *
 * Adds a list and the button that shows it. The first is the one chosen, but nothing is shown before kith_split_page_choose_tab().
 */
void
kith_split_page_add_tab (KithSplitPage      *self,
                         const KithSplitTab *tab,
                         KithListModel      *model)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  Tab *added = g_new0 (Tab, 1);

  if (!priv->tabs)
    priv->tabs = g_ptr_array_new_with_free_func (tab_free);
  added->tab = tab;
  added->model = model;
  added->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  if (priv->tabs->len > 0)
    gtk_toggle_button_set_group (added->button, ((Tab *) priv->tabs->pdata[0])->button);
  g_ptr_array_add (priv->tabs, added);
  update_count (added);
  g_signal_connect_object (added->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::total", G_CALLBACK (total_cb), self, 0);
  kith_split_page_add_filter (self, GTK_WIDGET (added->button));
}

/* Returns: the tab that is chosen, from 0; 0 also of a page without tabs */
guint
kith_split_page_get_tab (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  for (guint i = 0; priv->tabs && i < priv->tabs->len; i++)
    if (gtk_toggle_button_get_active (((Tab *) priv->tabs->pdata[i])->button))
      return i;
  return 0;
}

/**
 * kith_split_page_choose_tab:
 * @i: from 0; only of a page with tabs. Beyond the last: nothing.
 */
void
kith_split_page_choose_tab (KithSplitPage *self,
                            guint          i)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  if (i < priv->tabs->len)
    gtk_toggle_button_set_active (((Tab *) priv->tabs->pdata[i])->button, TRUE);
}

/* borrowed */
KithListModel *
kith_split_page_get_tab_model (KithSplitPage *self,
                               guint          i)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  return priv->tabs && i < priv->tabs->len ? ((Tab *) priv->tabs->pdata[i])->model : NULL;
}

/**
 * kith_split_page_set_tab_visible:
 * @i: a tab that is there
 */
void
kith_split_page_set_tab_visible (KithSplitPage *self,
                                 guint          i,
                                 gboolean       visible)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  gtk_widget_set_visible (GTK_WIDGET (((Tab *) priv->tabs->pdata[i])->button), visible);
}

static Tab *
get_tab (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  return priv->tabs ? priv->tabs->pdata[kith_split_page_get_tab (self)] : NULL; /* none yet, or the page is being taken down */
}

static void
tell_empty (KithSplitPage *self,
            const Tab     *tab)
{
  const KithSplitTab *words = tab->tab;
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self))));
  gboolean leads = words->action && kith_action_is_of (actor, words->action);
  gboolean network = words->network_text && actor && actor->level == KITH_LEVEL_NETWORK;

  kith_split_page_set_empty (self, words->icon_name ? words->icon_name : KITH_PAGE_GET_CLASS (self)->icon_name, _(words->empty_title),
                             tab->text ? tab->text : network ? _(words->network_text) : _(words->empty_text), leads ? _(words->button) : NULL, words->action);
}

/* What an empty list says and leads to is its account's; a page is made before anybody knows whose it will be. */
void
kith_split_page_actor_changed (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  Tab *tab = get_tab (self);

  if (tab && priv->selection && gtk_single_selection_get_model (priv->selection) == G_LIST_MODEL (tab->model))
    tell_empty (self, tab);
}

/**
 * kith_split_page_set_tab_text:
 * @i: a tab that is there
 * @text: (nullable): what is said while it is empty; %NULL: what its class says
 */
void
kith_split_page_set_tab_text (KithSplitPage *self,
                              guint          i,
                              const char    *text)
{
  Tab *tab = kith_split_page_get_private (self)->tabs->pdata[i];

  g_free (tab->text);
  tab->text = g_strdup (text);
  kith_split_page_actor_changed (self); /* says it anew, if it is what is shown */
}

/**
 * kith_split_page_show_tab:
 * @self: the page
 *
 * Shows the list whose button is pressed, in the place of what was searched for.
 */
void
kith_split_page_show_tab (KithSplitPage *self)
{
  Tab *tab = get_tab (self);

  if (!tab)
    return;
  tell_empty (self, tab);
  kith_split_page_set_model (self, G_LIST_MODEL (tab->model), TRUE);
}

/**
 * kith_split_page_show_found:
 * @self: the page
 * @query: a named query
 * @kinds: whose change reloads it
 * @args: what it is asked with
 * @where: what one may search by, said when nothing matches
 *
 * Shows what is searched for over all there is here, whichever list was shown.
 */
void
kith_split_page_show_found (KithSplitPage     *self,
                            const char        *query,
                            const char *const *kinds,
                            const char *const *args,
                            const char        *where)
{
  KithDesktop *desktop = kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self)));
  g_autoptr (KithListModel) found = kith_list_model_new (desktop, query, kinds, args);

  kith_split_page_set_empty (self, "edit-find-symbolic", _("No Match"), where, NULL, NULL);
  kith_split_page_set_model (self, G_LIST_MODEL (found), TRUE);
}
