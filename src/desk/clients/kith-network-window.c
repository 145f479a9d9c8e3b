/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-network-window.h"

#include <glib/gi18n.h>

#include "kith-client-row.h"
#include "kith-day-order.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-name.h"
#include "kith-text.h"
#include "kith-value.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-stack.h"
#include "widgets/kith-fit.h"

struct _KithNetworkWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  AdwBin *rows_place;
  KithFieldRows *rows;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkListBox *list;
  GtkLabel *problem, *count, *waiting;
  AdwStatusPage *trouble;
  GtkButton *search_button;
  GCancellable *search; /* the one under way */
  KithWatch *arrival;   /* of that record */
  char *client;         /* whose record was opened: a hit's id opens it and is no client's */
  gboolean opened;      /* a record is on its way */
};

G_DEFINE_FINAL_TYPE (KithNetworkWindow, kith_network_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const KithField name_field = { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, .max_length = 200 };
static const KithField birth_field = { "birth", KITH_FIELD_PARTIAL_DATE, N_("Birth date or year") };
static const KithField *const fields[] = { &name_field, &birth_field };

static void
tell (KithNetworkWindow *self,
      const char        *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void
clear_list (KithNetworkWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
}

static void
show (KithNetworkWindow *self,
      const char        *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "working")); /* hidden it would go on drawing */
}

static void
show_trouble (KithNetworkWindow *self,
              const char        *icon_name,
              const char        *title,
              const char        *words)
{
  adw_status_page_set_icon_name (self->trouble, icon_name);
  adw_status_page_set_title (self->trouble, title);
  adw_status_page_set_description (self->trouble, words);
  show (self, "trouble");
}

static void
stop (KithNetworkWindow *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

/* The network can be asked only while the hub answers. */
static gboolean
is_offline (KithNetworkWindow *self)
{
  int state;

  g_object_get (kith_context_get_desktop (self->context), "sync-state", &state, NULL);
  return state == KITH_SYNC_OFFLINE || state == KITH_SYNC_SIGN_IN;
}

static void
show_offline (KithNetworkWindow *self)
{
  show_trouble (self, "network-offline-symbolic", _("Not Connected"),
                _("The network can be asked only while the hub answers. Everything on this computer can still be searched; nothing you typed is lost."));
}

/* Hits */

static void
add_hit (KithNetworkWindow *self,
         KithRow           *row)
{
  GtkWidget *line = adw_action_row_new (), *button = gtk_button_new_with_label (_("Open…"));
  g_autofree char *name = kith_client_row_name (row);
  const char *year = kith_row_get_text (row, "birth_year"), *city = kith_row_get_text (row, "city");
  /* Translators: %s is a year of birth */
  g_autofree char *born = year ? g_strdup_printf (_("born %s"), year) : g_strdup (_("birth date not known"));
  g_autofree char *meta = city ? kith_format_join (born, city) : g_strdup (born);
  g_autofree char *label = g_strdup_printf (_("Open the record of %s, %s"), name, meta);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), meta);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", kith_row_get_id (row), name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "network.open");
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_object_set_data (G_OBJECT (line), "button", button);
  gtk_list_box_append (self->list, line);
}

static void
show_hits (KithNetworkWindow *self,
           GPtrArray         *rows,
           gboolean           more)
{
  g_autofree char *count = more ? g_strdup_printf (_("The first %u. There are more: add the year of birth, or another name, to narrow it."), rows->len)
                                : g_strdup_printf (ngettext ("%u person", "%u people", rows->len), rows->len);

  /* The hub looked at many and stopped: that nobody was found says nothing. */
  if (more && rows->len == 0)
    {
      show_trouble (self, "system-search-symbolic", _("Too Many of This Name"),
                    _("Nobody fits among those the hub looked at, and it did not look at all. Add the year of birth, or another name."));
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    add_hit (self, rows->pdata[i]);
  gtk_label_set_text (self->count, count);
  show (self, rows->len > 0 ? "hits" : "none");
  if (rows->len > 0)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  KithNetworkWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more;
  g_autoptr (GPtrArray) rows = kith_desktop_ask_network_finish (KITH_DESKTOP (source), result, &more, &error);

  /* Given up: there may be no window any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->search);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), TRUE);
  if (rows)
    show_hits (self, rows, more);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
    show_offline (self);
  else
    show_trouble (self, "dialog-warning-symbolic", _("The Hub Did Not Search"), error->message);
}

/* The rule of the hub, said before it has to say it: two words, or one and when the person was born. */
static gboolean
is_enough (const char *name,
           const char *birth)
{
  g_autofree char *folded = kith_text_fold (name ? name : "");

  return kith_name_count_words (folded) >= (birth ? 1 : 2);
}

static void
search (KithNetworkWindow *self)
{
  g_autofree char *wrong = kith_field_rows_check (self->rows);
  g_autoptr (JsonObject) values = json_object_new ();
  const char *name, *birth;

  stop (self);
  clear_list (self);
  tell (self, wrong);
  if (wrong)
    return;
  kith_field_rows_collect (self->rows, values, FALSE);
  name = kith_json_string (values, "name");
  birth = kith_json_string (values, "birth");
  if (!is_enough (name, birth))
    {
      tell (self, _("Type a given and a family name, or one name and the year of birth."));
      kith_field_rows_focus (self->rows, name ? "birth" : "name");
      show (self, "before");
      return;
    }
  self->search = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), FALSE);
  show (self, "working");
  kith_desktop_ask_network_async (kith_context_get_desktop (self->context), name, birth, self->search, found_cb, self);
}

/* What was found is not what is typed any more. */
static void
changed_cb (KithNetworkWindow *self)
{
  if (!self->context || self->opened)
    return;
  stop (self);
  clear_list (self);
  tell (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), TRUE);
  show (self, "before");
}

/* Opening */

static gboolean
leave_cb (gpointer user_data)
{
  KithNetworkWindow *self = user_data;

  if (self->context)
    {
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->client);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  return G_SOURCE_REMOVE;
}

/* Not from within the watch, which goes with the window. */
static void
arrived_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithNetworkWindow *self = user_data;

  if (!self->opened || rows->len == 0 || g_strcmp0 (kith_row_get_text (rows->pdata[0], "held"), "care") == 0)
    return;
  self->opened = FALSE;
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (self), g_object_unref);
}

static void
asked_cb (KithAskWindow     *window,
          KithNetworkWindow *self)
{
  static const char *const kinds[] = { "client", "care", "assignment", NULL };
  JsonObject *now = kith_ask_window_get_now (window);

  self->client = g_strdup (now ? kith_json_string (now, "client") : NULL);
  if (!self->client)
    {
      gtk_window_destroy (GTK_WINDOW (self)); /* an older hub: the record is in the list when it has come */
      return;
    }
  self->opened = TRUE;
  clear_list (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows_place), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), FALSE);
  gtk_label_set_text (self->waiting, _("Opened. The record is on its way…"));
  show (self, "working");
  self->arrival = kith_watch_new (self->context, "client", kinds, self->client, arrived_cb, self);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithNetworkWindow *self = KITH_NETWORK_WINDOW (widget);
  const char *client, *who;
  g_autofree char *words = NULL;
  GtkWidget *window;

  g_variant_get (target, "(&s&s)", &client, &who);
  words = g_strdup_printf (_("%s. Your reason is noted at both agencies. The record opens as far as the person’s consent goes, and you are assigned to them."), who);
  window = kith_ask_window_new (GTK_WINDOW (self), self->context, "client.open_shared", _("Open a Shared Record"), words, C_("verb", "Open"), _("Record opened"),
                                kith_json_new ("client", "s", client, NULL), NULL);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), NULL, NULL); /* nothing of that client is here yet */
  g_signal_connect_object (window, "done", G_CALLBACK (asked_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* Enter on a row: at once, where a button pressed for it would take its quarter of a second. */
static void
row_activated_cb (KithNetworkWindow *self,
                  GtkListBoxRow     *row)
{
  GtkActionable *button = g_object_get_data (G_OBJECT (row), "button");

  gtk_widget_activate_action_variant (GTK_WIDGET (self), "network.open", gtk_actionable_get_action_target_value (button));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithNetworkWindow *self = KITH_NETWORK_WINDOW (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->search_button)))
    search (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
kith_network_window_dispose (GObject *object)
{
  KithNetworkWindow *self = KITH_NETWORK_WINDOW (object);

  stop (self);
  g_clear_object (&self->arrival);
  self->rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_NETWORK_WINDOW);
  g_clear_pointer (&self->client, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_network_window_parent_class)->dispose (object);
}

static void
kith_network_window_class_init (KithNetworkWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_network_window_dispose;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-network-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, rows_place);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, count);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, waiting);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, KithNetworkWindow, search_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "network.open", "(ss)", open_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_network_window_init (KithNetworkWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  kith_stack_tell_readers (self->stack);
}

GtkWidget *
kith_network_window_new (GtkWindow   *parent,
                         KithContext *context,
                         const char  *name,
                         const char  *birth)
{
  KithNetworkWindow *self = g_object_new (KITH_TYPE_NETWORK_WINDOW, "transient-for", parent, NULL);
  g_autoptr (JsonObject) known = kith_json_new ("name", "s", name, "birth", "s", birth, NULL);

  self->rows = KITH_FIELD_ROWS (kith_field_rows_new_fields (context, fields, G_N_ELEMENTS (fields)));
  adw_bin_set_child (self->rows_place, GTK_WIDGET (self->rows));
  kith_field_rows_show (self->rows, known);
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "activated", G_CALLBACK (search), self, G_CONNECT_SWAPPED);
  self->context = g_object_ref (context);
  kith_field_rows_focus (self->rows, name && !birth ? "birth" : "name"); /* type at once: the window would begin at "Close" */
  if (is_offline (self))
    show_offline (self);
  else if (name || birth)
    search (self); /* or it says what is missing */
  return GTK_WIDGET (self);
}

/* What is written with a named month can be read in one way. Yours; NULL: something else */
static char *
read_named_month (const char *text)
{
  static const char *const formats[] = { "%d %b %Y", "%b %d, %Y", "%b %d %Y", "%b %Y" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      char *date = kith_date_from_text (text, formats[i], TRUE);

      if (date)
        return date;
    }
  return NULL;
}

/* A date of several words at the end, "7 Apr 1988", behind a name. May and April are names too: a month
 * with a year alone is a date behind two others only. The words are cut off. Yours; NULL: none */
static char *
take_tail (GStrv words)
{
  guint before = 0;

  for (guint i = 0; words[i] && words[i + 1]; i++)
    {
      g_autofree char *tail = before > 0 || g_ascii_isdigit (*words[i]) ? g_strjoinv (" ", words + i) : NULL;
      char *date = tail ? read_named_month (tail) : NULL;

      if (date && (g_ascii_isdigit (*words[i]) || strlen (date) == strlen ("1988-04-07") || before > 1))
        {
          for (guint k = i; words[k]; k++)
            *words[k] = '\0';
          return date;
        }
      g_free (date);
      before += *words[i] && !g_ascii_isdigit (*words[i]);
    }
  return NULL;
}

/* What can be read in one way, and what has slashes as the search reads it. Yours; NULL: no date */
static char *
read_number (const char *word)
{
  char *date = kith_date_guess (word, TRUE);

  return date ? date : kith_day_read_slashes (word);
}

void
kith_network_window_split (const char *text,
                           char      **name,
                           char      **birth)
{
  g_auto (GStrv) words = g_strsplit (text ? text : "", " ", -1);
  g_autoptr (GString) names = g_string_new (NULL);

  *birth = take_tail (words);
  for (guint i = 0; words[i]; i++)
    if (g_ascii_isdigit (words[i][0]))
      {
        g_free (*birth);
        *birth = read_number (words[i]);
      }
    else if (*words[i])
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", words[i]);
  *name = names->len > 0 ? g_strdup (names->str) : NULL;
}
