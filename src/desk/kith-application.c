/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-application.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#include "documents/kith-opened.h"
#include "kith-desk-resources.h"
#include "kith-early-resources.h"
#include "kith-network-watch.h"
#include "kith-shortcuts.h"
#include "kith-window.h"
#include "widgets/kith-box-layout.h"

#define GTK_THEME_STYLES "/org/gtk/libgtk/theme/Default/gtk.css"

#define PASSWORD_FILE "--password-file"

struct _KithApplication
{
  AdwApplication parent_instance;
  KithDesktop *desktop;
  KithTransportFactory factory;
  KithNetworkWatch *network;
  GSettings *settings;
  char *hub, *login, *data_dir, *password_file;
  int idle_minutes; /* -1: not given */
  gboolean again;   /* to be started anew when it has ended */
  const char *words; /* what is said before anybody is let in, or NULL */
};

G_DEFINE_FINAL_TYPE (KithApplication, kith_application, ADW_TYPE_APPLICATION)

static char *spoken; /* the language this process began with, as the settings name it; NULL: it has not begun */

void
kith_desk_init (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  g_resources_register (kith_desk_get_resource ());
  kith_kinds_register ();
  g_once_init_leave (&done, 1);
}

/* GTK reads the styles of its own theme, and libadwaita puts its own in their place before anything is drawn: until then GTK finds none. Not earlier:
 * what GTK brings must be known, for what comes last is found first. */
static void
display_opened_cb (GdkDisplayManager *manager,
                   GdkDisplay        *display)
{
  if (g_getenv ("GTK_THEME")) /* then libadwaita leaves GTK its theme */
    return;
  g_resources_get_info (GTK_THEME_STYLES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
  kith_early_register_resource ();
}

/**
 * kith_desk_begin:
 *
 * First of all in a process, before GTK: what a thread has freed goes back to the system, 4 MiB of what is needed to start, and two threads that
 * seldom run at once do not each have room of their own.
 */
void
kith_desk_begin (void)
{
#ifdef M_TRIM_THRESHOLD
  mallopt (M_TRIM_THRESHOLD, 128 * 1024); /* else it follows the largest piece that was ever freed */
  mallopt (M_TOP_PAD, 32 * 1024);
  mallopt (M_ARENA_MAX, 2);
#endif
  g_signal_connect (gdk_display_manager_get (), "display-opened", G_CALLBACK (display_opened_cb), NULL);
}

/* Icons, ticks and what is pressed grow with the words they stand beside (ux.md 2.0: 44 px): icons in the sizes the theme has them drawn in: any other
 * would bring in the library that draws them (see style.css). Ticks are libadwaita's own pictures, 14 px wide at first. A page's own large icon has its
 * size from there, an avatar's from its code. */
static void
follow_text (GtkSettings    *settings,
             GParamSpec     *pspec,
             GtkCssProvider *css)
{
  g_autofree char *style = NULL;
  int dpi, percent, check;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  percent = dpi > 0 ? dpi * 100 / (96 * 1024) : 100;
  check = percent >= 180 ? 28 : 20;
  if (percent >= 130)
    style = g_strdup_printf ("image:not(.icon):not(.large-icons), arrow, expander { -gtk-icon-size: %dpx; } expander { min-width: 24px; min-height: 24px; }"
                             "check, radio { min-width: %dpx; min-height: %dpx; -gtk-icon-size: %dpx; }"
                             "button { min-width: 34px; min-height: 34px; }" /* and their padding: 44 px in all */
                             "button.circular, button.card-menu { min-width: 44px; min-height: 44px; } dropdown > button { min-height: 40px; }"
                             "entry { min-height: 44px; } .chip, .chip > button { min-height: 42px; } .sync-chip { min-height: 40px; }",
                             percent >= 180 ? 32 : 24, check, check, check);
  gtk_css_provider_load_from_data (css, style ? style : "", -1);
}

static void
grow_with_text (void)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  GtkSettings *settings = gtk_settings_get_default ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (follow_text), css, 0);
  follow_text (settings, NULL, css);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (css, "/org/kith/Kith/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* Whether there is another language to start anew for. */
static void
look_at_language (KithApplication *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "language");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "again")), g_strcmp0 (spoken, chosen) != 0);
}

static void
watch_language (KithApplication *self)
{
  self->settings = g_settings_new ("org.kith.Kith");
  if (!spoken)
    spoken = g_settings_get_string (self->settings, "language");
  g_signal_connect_object (self->settings, "changed::language", G_CALLBACK (look_at_language), self, G_CONNECT_SWAPPED);
  look_at_language (self);
}

static void
kith_application_startup (GApplication *application)
{
  static gboolean begun; /* of this process: what it could not start anew runs once more in it */

  G_APPLICATION_CLASS (kith_application_parent_class)->startup (application);
  if (!begun)
    {
      kith_early_unregister_resource ();
      kith_desk_init ();
      load_style ();
      grow_with_text ();
      begun = TRUE;
    }
  watch_language (KITH_APPLICATION (application));
  gtk_window_set_default_icon_name ("org.kith.Kith");
  kith_shortcuts_install_window (GTK_APPLICATION (application));
}

static void
let_in_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!kith_desktop_finish (KITH_DESKTOP (source), result, &error))
    g_printerr ("%s\n", error->message); /* the page is there and asks */
}

/* For demonstrations, and for computers that stand in a locked room: signs in, or unlocks where somebody signed in before. */
static void
let_in (KithApplication *self)
{
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (self->password_file, &password, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return;
    }
  g_strchomp (password);
  if (kith_desktop_has_store (self->desktop, NULL, NULL))
    kith_desktop_unlock_async (self->desktop, password, NULL, let_in_cb, NULL);
  else if (self->hub && self->login)
    kith_desktop_sign_in_async (self->desktop, self->hub, self->login, password, NULL, let_in_cb, NULL);
}

static void
kith_application_activate (GApplication *application)
{
  KithApplication *self = KITH_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (KithClock) clock = NULL;
  g_autoptr (KithContext) context = NULL;
  g_autofree char *dir = NULL;

  if (window)
    {
      gtk_window_present (window);
      return;
    }
  dir = self->data_dir ? g_strdup (self->data_dir) : g_build_filename (g_get_user_data_dir (), "kith", NULL);
  clock = kith_clock_new_system ();
  kith_opened_sweep ();
  self->desktop = kith_desktop_new (dir, clock);
  kith_desktop_set_transport_factory (self->desktop, self->factory, NULL, NULL);
  self->network = kith_network_watch_new (self->desktop, NULL, KITH_NETWORK_SETTLE_MS);
  context = kith_context_new (self->desktop, clock);
  window = GTK_WINDOW (kith_window_new (GTK_APPLICATION (self), context));
  kith_window_preset (KITH_WINDOW (window), self->hub, self->login);
  if (self->idle_minutes >= 0)
    kith_window_set_idle_minutes (KITH_WINDOW (window), self->idle_minutes);
  if (self->words)
    kith_window_tell (KITH_WINDOW (window), self->words);
  gtk_window_present (window);
  if (self->password_file)
    let_in (self);
}

static void
kith_application_shutdown (GApplication *application)
{
  KithApplication *self = KITH_APPLICATION (application);

  g_clear_object (&self->network);
  /* The session may end it with its windows open: nothing comes back to the main loop from here on. */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (KITH_IS_WINDOW (l->data))
      kith_window_flush (l->data);
  if (self->desktop)
    kith_desktop_close (self->desktop);
  g_clear_object (&self->desktop);
  G_APPLICATION_CLASS (kith_application_parent_class)->shutdown (application);
}

static void
kith_application_finalize (GObject *object)
{
  KithApplication *self = KITH_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->hub);
  g_free (self->login);
  g_free (self->data_dir);
  g_free (self->password_file);
  G_OBJECT_CLASS (kith_application_parent_class)->finalize (object);
}

static void
kith_application_class_init (KithApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = kith_application_startup;
  G_APPLICATION_CLASS (klass)->activate = kith_application_activate;
  G_APPLICATION_CLASS (klass)->shutdown = kith_application_shutdown;
  kith_box_layout_install ();
}

static void
quit_action (GSimpleAction *action,
             GVariant      *target,
             gpointer       user_data)
{
  /* Closing the window writes the drafts, whatever stands over it; without a window the program ends. */
  for (GList *l = gtk_application_get_windows (user_data); l; l = l->next)
    if (KITH_IS_WINDOW (l->data))
      {
        gtk_window_close (l->data);
        return;
      }
  g_application_quit (user_data);
}

/* What was typed on the way in: it is filled in again. */
static void
keep_typed (KithApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    {
      g_autofree char *hub = NULL;
      g_autofree char *login = NULL;

      if (!KITH_IS_WINDOW (l->data) || !kith_window_get_typed (l->data, &hub, &login))
        continue;
      g_free (self->hub);
      g_free (self->login);
      self->hub = g_steal_pointer (&hub);
      self->login = g_steal_pointer (&login);
    }
}

/* The windows come up anew, in the language that is chosen; closed, they keep what was typed. A program that runs cannot be made to speak another
 * one: what its threads read the language from must not change under them. */
static void
again_action (GSimpleAction *action,
              GVariant      *target,
              gpointer       user_data)
{
  KithApplication *self = user_data;

  g_settings_sync ();
  self->again = TRUE;
  keep_typed (self);
  quit_action (action, NULL, self);
}

static void
language_action (GSimpleAction *action,
                 GVariant      *target,
                 gpointer       user_data)
{
  KithApplication *self = user_data;

  g_settings_set_string (self->settings, "language", g_variant_get_string (target, NULL));
  if (g_strcmp0 (spoken, g_variant_get_string (target, NULL)) != 0) /* else there is nothing to start anew for */
    again_action (action, NULL, self);
}

/* From a notification, which may outlive the windows over the one it opens. */
static void
open_action (GSimpleAction *action,
             GVariant      *target,
             gpointer       user_data)
{
  for (GList *l = gtk_application_get_windows (user_data); l; l = l->next)
    if (KITH_IS_WINDOW (l->data))
      {
        kith_window_open_place (l->data, g_variant_get_string (target, NULL));
        gtk_window_present (l->data);
        return;
      }
}

static void
kith_application_init (KithApplication *self)
{
  static const GActionEntry actions[] = { { "quit", quit_action }, { "open", open_action, "s" }, { "language", language_action, "s" }, { "again", again_action } };
  const GOptionEntry options[] = {
    { "hub", 0, 0, G_OPTION_ARG_STRING, &self->hub, N_("Address of the hub, filled in at sign-in"), N_("URL") },
    { "login", 0, 0, G_OPTION_ARG_STRING, &self->login, N_("Sign-in name, filled in at sign-in"), N_("NAME") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Where this computer’s copy is kept"), N_("DIR") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file, N_("Sign in or unlock with the password in this file"), N_("FILE") },
    { "idle", 0, 0, G_OPTION_ARG_INT, &self->idle_minutes, N_("Lock after so many minutes (1 to 30, 0: never)"), N_("MINUTES") },
    { NULL }
  };

  self->idle_minutes = -1;
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* Not unique: two people may each have a window on one computer, and a store's own lock keeps two from one file. */
KithApplication *
kith_application_new (KithTransportFactory factory)
{
  KithApplication *self = g_object_new (KITH_TYPE_APPLICATION, "application-id", "org.kith.Kith", "flags", G_APPLICATION_NON_UNIQUE,
                                        "register-session", TRUE, NULL); /* or GTK says nothing of the screen being locked */

  /* Or GTK looks there for icons, of which we have none, and reads the whole icon theme once more for it. */
  g_application_set_resource_base_path (G_APPLICATION (self), NULL);
  self->factory = factory;
  return self;
}

/* As it was started, and with what was typed since: of two the later one counts. Not with the password: where it is locked by then, another
 * language must not be the way in. Returns: (transfer full) */
static char **
arguments_again (KithApplication *self,
                 char           **arguments)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; arguments[i]; i++)
    if (g_str_equal (arguments[i], PASSWORD_FILE) && arguments[i + 1])
      i++;
    else if (!g_str_has_prefix (arguments[i], PASSWORD_FILE "="))
      g_ptr_array_add (all, g_strdup (arguments[i]));
  if (self->hub)
    g_ptr_array_add (all, g_strconcat ("--hub=", self->hub, NULL));
  if (self->login)
    g_ptr_array_add (all, g_strconcat ("--login=", self->login, NULL));
  g_ptr_array_add (all, NULL);
  return (char **) g_ptr_array_steal (all, NULL);
}

/**
 * kith_application_main:
 * @program: (type filename): what is started in place of this one, once another language was chosen
 *
 * Runs until it is closed. Where the program cannot be started anew, it goes on in its own language and says so.
 *
 * Returns: its exit status
 */
int
kith_application_main (KithTransportFactory factory,
                       const char          *program,
                       char               **argv)
{
  g_auto (GStrv) arguments = g_strdupv (argv);
  const char *words = NULL;

  for (;;)
    {
      g_autoptr (KithApplication) application = kith_application_new (factory);
      int status;
      char **again;

      application->words = words;
      status = g_application_run (G_APPLICATION (application), (int) g_strv_length (arguments), arguments);
      if (!application->again)
        return status;
      again = arguments_again (application, arguments);
      g_strfreev (arguments);
      arguments = again;
      execv (program, arguments);
      g_printerr ("%s: %s\n", program, g_strerror (errno));
      words = _("Kith could not be started anew in the other language and goes on in this one. Nothing is lost. Close it and open it again: then it has the "
                "language you chose.");
    }
}
