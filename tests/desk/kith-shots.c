/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of every page and state from the fake desktop: kith-shots [OPTIONS…] DIR [NAME]. With NAME only those whose name begins with it.
 * --variant NAME: this one alone, of every scene: light, dark, narrow, text200, rtl, long, offline; may be repeated.
 * --language CODE: in that language, where there is a translation (KITH_LOCALEDIR says where they are). */

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#include "fake-desktop.h"
#include "import/kith-import-form.h"
#include "kith-application.h"
#include "kith-window.h"
#include "widgets/kith-signature-pad.h"

/* 20 November 2026, 14:05 UTC: the pictures are the same whenever they are taken. */
#define NOW_MS G_GINT64_CONSTANT (1795183500000)

typedef struct
{
  KithDesktop *desktop;
  KithClock *clock;
  KithWindow *window;
} Shot;

typedef struct
{
  const char *name;
  const char *place;               /* NULL: leave the window as it is */
  void (*prepare) (Shot *shot);    /* before the window is made */
  void (*act) (Shot *shot);        /* after it is shown */
  gboolean locked, no_store, plain; /* plain: only light, at the usual size */
} Scene;

/* At least so long, and until nothing is left to do (at most five seconds: a spinner never ends). */
static void
pump (guint ms)
{
  gint64 start = g_get_monotonic_time ();

  while (g_get_monotonic_time () < start + 5 * G_USEC_PER_SEC)
    if (!g_main_context_iteration (NULL, FALSE))
      {
        if (g_get_monotonic_time () >= start + ms * 1000)
          return;
        g_usleep (500);
      }
}

/* Widgets, by the name their template gives them or by what they say. */
static GtkWidget *
find_widget (GtkWidget *widget, const char *name)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (id, name) == 0 || g_str_equal (gtk_widget_get_name (widget), name) || (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, name);

      if (found)
        return found;
    }
  return NULL;
}

static void
type_into (Shot *shot, const char *name, const char *text)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (shot->window), name);

  if (!widget || !GTK_IS_EDITABLE (widget))
    g_warning ("no entry “%s”", name);
  else
    gtk_editable_set_text (GTK_EDITABLE (widget), text);
  pump (350);
}

static void
act (Shot *shot, const char *action)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (shot->window));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_action_parse_detailed_name (action, &name, &target, NULL);
  if (!gtk_widget_activate_action_variant (focus ? focus : GTK_WIDGET (shot->window), name, target))
    g_warning ("no action %s", action);
  pump (300);
}

static GtkWindow *
front_window (Shot *shot);

static void
press (Shot *shot, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (shot->window), name);

  if (!widget)
    g_warning ("no button “%s”", name);
  else
    g_signal_emit_by_name (widget, "clicked");
  pump (300);
}

static void
activate_first (Shot *shot, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (shot->window), name);

  g_signal_emit_by_name (widget, "entry-activated");
  pump (300);
}

static void
toggle (Shot *shot, guint i)
{
  GtkWidget *child = gtk_widget_get_first_child (find_widget (GTK_WIDGET (shot->window), "filters"));

  while (i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "view"));
  pump (300);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type, int *best)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_width (widget) * gtk_widget_get_height (widget) > *best)
    {
      *best = gtk_widget_get_width (widget) * gtk_widget_get_height (widget);
      found = widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inner = find_type (child, type, best);

      if (inner)
        found = inner;
    }
  return found;
}

static void
scroll_to_end (Shot *shot)
{
  int best = 0;
  GtkWidget *scroller = find_type (GTK_WIDGET (shot->window), GTK_TYPE_SCROLLED_WINDOW, &best);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  pump (150);
}

static void
type_in_front (Shot *shot, const char *name, const char *text)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (front_window (shot)), name);

  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  pump (350);
}

static GtkWindow *
front_window (Shot *shot)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (l->data != shot->window && gtk_widget_get_mapped (l->data) && gtk_window_get_transient_for (l->data))
      return l->data;
  return GTK_WINDOW (shot->window);
}

static void
save_png (GtkWindow *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (window)), height = gtk_widget_get_height (GTK_WIDGET (window));

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (!node)
    {
      g_warning ("nothing to draw for %s", path);
      return;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
}

/* A complaint of GTK's about one widget says more with the names of those around it. */
static GLogWriterOutput
complain (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *message = "", *address;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
  if (level > G_LOG_LEVEL_WARNING)
    return G_LOG_WRITER_HANDLED;
  address = strstr (message, " 0x");

  for (GtkWidget *widget = address ? (GtkWidget *) g_ascii_strtoull (address + 1, NULL, 16) : NULL; widget; widget = gtk_widget_get_parent (widget))
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

      g_printerr ("  in %s %s %s\n", G_OBJECT_TYPE_NAME (widget), id ? id : "", GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
    }
  return g_log_writer_standard_streams (level, fields, n_fields, NULL);
}

#include "kith-scenes-agency.h"
#include "kith-scenes.h"

typedef struct
{
  const char *name;
  gboolean dark;
  int width, height;
  int text;              /* per cent */
  gboolean rtl, long_names, offline;
  gboolean asked;        /* taken only when it is asked for */
} Variant;

static const Variant variants[] = {
  { "light", .width = 1100, .height = 720, .text = 100 },
  { "dark", .dark = TRUE, .width = 1100, .height = 720, .text = 100 },
  { "narrow", .width = 400, .height = 720, .text = 100 },
  { "text200", .width = 1100, .height = 720, .text = 200 },
  { "rtl", .width = 1100, .height = 720, .text = 100, .rtl = TRUE, .asked = TRUE },
  { "long", .width = 1100, .height = 720, .text = 100, .long_names = TRUE, .asked = TRUE },
  { "offline", .width = 1100, .height = 720, .text = 100, .offline = TRUE, .asked = TRUE },
};

static char **only_variants, *language; /* of the command line; NULL: as a rule */

static gboolean
is_wanted (const Scene *scene, const Variant *variant)
{
  if (only_variants)
    return g_strv_contains ((const char *const *) only_variants, variant->name);
  return !variant->asked && (!scene->plain || variant == &variants[0]);
}

static char *
picture_path (const Scene *scene, const Variant *variant, const char *dir)
{
  g_autofree char *file = g_strconcat (scene->name, variant == &variants[0] ? "" : "-", variant == &variants[0] ? "" : variant->name, language ? "-" : "",
                                       language ? language : "", ".png", NULL);

  return g_build_filename (dir, file, NULL);
}

static void
take (GtkApplication *application, const Scene *scene, const Variant *variant, const char *dir)
{
  g_autoptr (KithClock) clock = KITH_CLOCK (kith_manual_clock_new (NOW_MS));
  g_autoptr (KithDesktop) desktop = fake_desktop_new (clock, !scene->no_store, !scene->locked && !scene->no_store);
  g_autoptr (KithContext) context = kith_context_new (desktop, clock);
  g_autofree char *path = picture_path (scene, variant, dir);
  Shot shot = { .desktop = desktop, .clock = clock };
  GtkSettings *settings = gtk_settings_get_default ();

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), variant->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-xft-dpi", 96 * 1024 * variant->text / 100, NULL);
  gtk_widget_set_default_direction (variant->rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  fake_row_set_long_names (variant->long_names);
  if (scene->prepare)
    scene->prepare (&shot);
  if (variant->offline)
    make_offline (&shot);
  shot.window = KITH_WINDOW (kith_window_new (application, context));
  gtk_window_set_default_size (GTK_WINDOW (shot.window), variant->width, variant->height);
  gtk_window_present (GTK_WINDOW (shot.window));
  pump (150);
  if (scene->place)
    kith_frame_open (kith_window_get_frame (shot.window), scene->place);
  pump (150);
  if (scene->act)
    scene->act (&shot);
  pump (150);
  save_png (front_window (&shot), path);
  g_print ("%s\n", path);
  while (front_window (&shot) != GTK_WINDOW (shot.window))
    gtk_window_destroy (front_window (&shot));
  gtk_window_destroy (GTK_WINDOW (shot.window));
  pump (20);
}

/* As main.c does, from the folder of the build. */
static void
speak (const char *code)
{
  const char *folder = g_getenv ("KITH_LOCALEDIR");

  if (!code)
    return;
  g_setenv ("LANGUAGE", code, TRUE);
  bindtextdomain (GETTEXT_PACKAGE, folder ? folder : KITH_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
parse (int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "variant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only_variants, "this one alone, of every scene", "NAME" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "in that language", "CODE" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("DIR [NAME]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, argc, argv, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr (KithApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  const char *dir, *only;

  setlocale (LC_ALL, "");
  parse (&argc, &argv);
  dir = argc > 1 ? argv[1] : "shots";
  only = argc > 2 ? argv[2] : "";
  speak (language);
  g_setenv ("G_TEST_SRCDIR", KITH_TEST_SRCDIR, FALSE);
  argc = 1;
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (complain, NULL, NULL);
  gtk_init ();
  adw_init ();
  g_mkdir_with_parents (dir, 0755);
  application = kith_application_new (NULL);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  for (guint s = 0; s < G_N_ELEMENTS (scenes); s++)
    for (guint v = 0; v < G_N_ELEMENTS (variants); v++)
      if (g_str_has_prefix (scenes[s].name, only) && is_wanted (&scenes[s], &variants[v]))
        take (GTK_APPLICATION (application), &scenes[s], &variants[v], dir);
  return 0;
}
