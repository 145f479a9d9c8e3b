/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of every page and state from the fake desktop: kith-shots [OPTIONS…] DIR [NAME]. With NAME only those whose name begins with it.
 * Each scene is taken light, most also dark, in a narrow window and with large text. --all: in every variant there is.
 * --variant NAME: this one alone, of every scene it can be taken of; may be repeated. The names stand in the table below.
 * --language CODE: all of them in that language, where there is a translation (KITH_LOCALEDIR says where they are). */

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#include "fake-desktop.h"
#include "import/kith-import-form.h"
#include "kith-application.h"
#include "kith-window.h"
#include "pump.h"
#include "speak.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-signature-pad.h"
#include "widgets/kith-switch-row.h"

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
  GtkWidget *child = gtk_widget_get_first_child (find_widget (GTK_WIDGET (shot->window), "filters")), *view;

  while (i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
  pump (300);
  view = find_widget (GTK_WIDGET (shot->window), "view");
  if (view) /* a list without a line has none */
    gtk_widget_grab_focus (view);
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

/* NULL: on a busy machine it may not have been drawn yet. */
static GskRenderNode *
drawn (GtkWindow *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (GTK_WIDGET (window)), gtk_widget_get_height (GTK_WIDGET (window)));
  return gtk_snapshot_free_to_node (snapshot);
}

static void
save_png (GtkWindow *window, const char *path)
{
  g_autoptr (GskRenderNode) node = drawn (window);
  g_autoptr (GdkTexture) texture = NULL;
  int width, height;

  for (guint i = 0; !node && i < 50; i++)
    {
      pump (50);
      node = drawn (window);
    }
  width = gtk_widget_get_width (GTK_WIDGET (window));
  height = gtk_widget_get_height (GTK_WIDGET (window));
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
  int width, text;       /* px; per cent */
  gboolean asked;        /* taken only when it is asked for */
  gboolean dark, rtl, long_names, offline;
  gboolean empty, no_consent, refused; /* every list; whose record it is; the form, when it is saved */
  const char *language;
} Variant;

#define HEIGHT 720

static const Variant variants[] = {
  { "light", 1100, 100 },
  { "dark", 1100, 100, .dark = TRUE },
  { "narrow", 390, 100 },
  { "wide", 1440, 100, TRUE },
  { "text200", 1100, 200 },
  { "text200-narrow", 390, 200, TRUE },
  { "rtl", 1100, 100, TRUE, .rtl = TRUE },
  { "rtl-narrow", 390, 100, TRUE, .rtl = TRUE },
  { "long", 1100, 100, TRUE, .long_names = TRUE },
  { "long-narrow", 390, 100, TRUE, .long_names = TRUE },
  { "es", 1100, 100, TRUE, .language = "es" },
  { "es-narrow", 390, 100, TRUE, .language = "es" },
  { "offline", 1100, 100, TRUE, .offline = TRUE },
  { "empty", 1100, 100, TRUE, .empty = TRUE },
  { "no-consent", 1100, 100, TRUE, .no_consent = TRUE },
  { "refused", 1100, 100, TRUE, .refused = TRUE },
};

static char **only_variants, *language; /* of the command line; NULL: as a rule */
static gboolean all;
static int part = 1, parts = 1;                 /* of the scenes, this one of so many */

/* Is there anything to see of it? What a scene does needs what an empty list has not; who agreed to nothing is shown in her place. */
static gboolean
fits (const Scene *scene, const Variant *variant)
{
  if (variant->empty)
    return scene->place && !scene->act;
  return !variant->no_consent || (scene->place && strstr (scene->place, MARIA));
}

static gboolean
is_wanted (const Scene *scene, const Variant *variant)
{
  if (!fits (scene, variant))
    return FALSE;
  if (all)
    return TRUE;
  if (only_variants)
    return g_strv_contains ((const char *const *) only_variants, variant->name);
  return !variant->asked && (!scene->plain || variant == &variants[0]);
}

static char *
picture_path (const Scene *scene, const Variant *variant, const char *dir)
{
  gboolean first = variant == &variants[0];
  g_autofree char *file = g_strconcat (scene->name, first ? "" : "-", first ? "" : variant->name, language ? "-" : "", language ? language : "", ".png", NULL);

  return g_build_filename (dir, file, NULL);
}

static char *
place_of (const Scene *scene, const Variant *variant)
{
  g_auto (GStrv) around = g_strsplit (scene->place, MARIA, 2);

  return g_strjoinv (variant->no_consent ? NO_CONSENT : MARIA, around);
}

/* As main.c does, from the folder of the build. */
static void
speak_as (const char *code)
{
  const char *folder = g_getenv ("KITH_LOCALEDIR");

  speak (folder ? folder : KITH_LOCALEDIR, code);
}

/* TRUE: it was a form, and it says why it could not be saved. */
static gboolean
refuse_form (Shot *shot)
{
  GtkWindow *front = front_window (shot);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (front));

  fake_desktop_refuse_next (shot->desktop, "Harbor House took this over at 13:58, so it is theirs to change now. Nothing was saved.");
  if (!gtk_widget_activate_action (focus ? focus : GTK_WIDGET (front), "form.commit", NULL))
    return FALSE;
  pump (300);
  return TRUE;
}

static void
take (GtkApplication *application, const Scene *scene, const Variant *variant, const char *dir)
{
  g_autoptr (KithClock) clock = KITH_CLOCK (kith_manual_clock_new (NOW_MS));
  g_autoptr (KithDesktop) desktop = fake_desktop_new (clock, !scene->no_store, !scene->locked && !scene->no_store);
  g_autoptr (KithContext) context = kith_context_new (desktop, clock);
  g_autofree char *path = picture_path (scene, variant, dir);
  Shot shot = { .desktop = desktop, .clock = clock };
  GtkWindow *front;
  GtkSettings *settings = gtk_settings_get_default ();

  speak_as (variant->language ? variant->language : language);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), variant->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-xft-dpi", 96 * 1024 * variant->text / 100, NULL);
  gtk_widget_set_default_direction (variant->rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  fake_row_set_long_names (variant->long_names);
  if (scene->prepare)
    scene->prepare (&shot);
  if (variant->offline)
    make_offline (&shot);
  if (variant->empty)
    make_empty (&shot);
  shot.window = KITH_WINDOW (kith_window_new (application, context));
  gtk_window_set_default_size (GTK_WINDOW (shot.window), variant->width, HEIGHT);
  gtk_window_present (GTK_WINDOW (shot.window));
  pump (60);
  if (scene->place)
    {
      g_autofree char *place = place_of (scene, variant);

      kith_frame_open (kith_window_get_frame (shot.window), place);
    }
  pump (100);
  if (scene->act)
    scene->act (&shot);
  pump (60);
  if (!variant->refused || refuse_form (&shot))
    {
      save_png (front_window (&shot), path);
      g_print ("%s\n", path);
    }
  while ((front = front_window (&shot)) != GTK_WINDOW (shot.window))
    if (GTK_IS_FILE_CHOOSER (front)) /* of what opened it */
      gtk_dialog_response (GTK_DIALOG (front), GTK_RESPONSE_CANCEL);
    else
      gtk_window_destroy (front);
  gtk_window_destroy (GTK_WINDOW (shot.window));
  pump (20);
}

static gboolean
is_variant (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_str_equal (variants[i].name, name))
      return TRUE;
  return FALSE;
}

static char *
variant_names (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all_names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    g_strv_builder_add (names, variants[i].name);
  all_names = g_strv_builder_end (names);
  return g_strjoinv (", ", all_names);
}

static void
parse (int *argc, char ***argv)
{
  g_autofree char *which_part = NULL;
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "part", 0, 0, G_OPTION_ARG_STRING, &which_part, "a part of the scenes: beside another process that takes the rest", "1/2" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, "only whether the options are right", NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, "in every variant", NULL },
    { "variant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only_variants, "this one alone, of every scene", "NAME" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "in that language", "CODE" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("DIR [NAME]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, argc, argv, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (2);
    }
  for (char **name = only_variants; name && *name; name++)
    if (!is_variant (*name))
      {
        g_autofree char *names = variant_names ();

        g_printerr ("There is no variant “%s”. There are: %s.\n", *name, names);
        exit (2);
      }
  if (which_part && (sscanf (which_part, "%d/%d", &part, &parts) != 2 || parts < 1))
    g_error ("--part is like 1/2");
  if (check)
    exit (0);
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
  speak_as ("es"); /* see there */
  g_setenv ("G_TEST_SRCDIR", KITH_TEST_SRCDIR, FALSE);
  argc = 1;
  g_test_init (&argc, &argv, NULL);
  g_log_set_default_handler (g_log_default_handler, NULL); /* a test's own shows every word, between the names of the pictures */
  g_log_set_writer_func (complain, NULL, NULL);
  gtk_init ();
  adw_init ();
  g_mkdir_with_parents (dir, 0755);
  application = kith_application_new (NULL);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  for (guint s = 0; s < G_N_ELEMENTS (scenes); s++)
    for (guint v = 0; v < G_N_ELEMENTS (variants); v++)
      if ((int) s % parts == part - 1 && g_str_has_prefix (scenes[s].name, only) && is_wanted (&scenes[s], &variants[v]))
        take (GTK_APPLICATION (application), &scenes[s], &variants[v], dir);
  return 0;
}
