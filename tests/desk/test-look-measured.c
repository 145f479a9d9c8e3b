/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be measured of how a page looks: whether what is read stands out from what it stands on (WCAG 2.2, 1.4.3 and 1.4.6), and whether what is
 * pressed is large enough to be hit (2.5.8). Taken from what is drawn, so that whatever makes letters faint counts: colour, opacity, the background. */

#include <math.h>

#define KITH_TEST_PAINTED
#include "desk-fixture.h"

#define A_CALL "cc000000-0000-7000-8000-000000000001"
#define SCALE 3           /* thin strokes reach their full colour */
#define LEAST_PIXELS 10   /* of a colour, at that scale: fewer are the seam between two */
#define LEAST_TARGET 24
#define LEAST_BUTTON 34

static const char *const places[] = {
  "today", "inbox", "sent/" WORKED_ON, "clients/" MARIA, "clients/new", "clients/edit:" MARIA, "clients/consent:" MARIA, "clients/refer:" MARIA,
  "clients/import", "sent/new", "cases", "cases/assign:" MARIA, "staff", "staff/balance", "directory", "capacity", "board", "attention", "log",
  "agency", "corrections", "contacts/" A_CALL, "contacts/new", /* the last two for 2-1-1 */
};

#define A_CALL_PLACES 2

typedef struct
{
  guint8 *pixels;
  int width, height;
  gsize stride;
} Picture;

static void
set_up_as (Fixture *fixture, gconstpointer how)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_strcmp0 (how, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  set_up (fixture, NULL);
  if (g_strcmp0 (how, "calls") == 0)
    fake_desktop_set_network_staff (fixture->desktop);
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN | KITH_DUTY_PRIVACY);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  pump (100);
}

static void
tear_down_as (Fixture *fixture, gconstpointer how)
{
  tear_down (fixture, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* Draws the window as it stands, SCALE times as large. Free pixels. */
static Picture
draw (GtkWidget *window)
{
  Picture picture = { .width = gtk_widget_get_width (window) * SCALE, .height = gtk_widget_get_height (window) * SCALE };
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, picture.width, picture.height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, (float) picture.width, (float) picture.height));
  picture.stride = (gsize) picture.width * 4;
  picture.pixels = g_malloc (picture.stride * (gsize) picture.height);
  gdk_texture_download (texture, picture.pixels, picture.stride);
  return picture;
}

static double
channel (guint value)
{
  double part = value / 255.0;

  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 colour)
{
  return 0.2126 * channel ((colour >> 16) & 0xff) + 0.7152 * channel ((colour >> 8) & 0xff) + 0.0722 * channel (colour & 0xff);
}

static double
contrast (guint32 a, guint32 b)
{
  double one = luminance (a) + 0.05, two = luminance (b) + 0.05;

  return MAX (one, two) / MIN (one, two);
}

/* Between what most of the area is and the colour that differs most from it. 0: there is but one. */
static double
measure (const Picture *picture, const graphene_rect_t *area, guint32 *text, guint32 *ground)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  int left = MAX (0, (int) ceil (area->origin.x * SCALE)), top = MAX (0, (int) ceil (area->origin.y * SCALE));
  int right = MIN (picture->width, (int) floor ((area->origin.x + area->size.width) * SCALE)), bottom = MIN (picture->height, (int) floor ((area->origin.y + area->size.height) * SCALE));
  GHashTableIter iter;
  gpointer key, value;
  guint most = 0;
  double best = 0;

  for (int y = top; y < bottom; y++)
    {
      const guint32 *line = (const guint32 *) (gconstpointer) (picture->pixels + (gsize) y * picture->stride);

      for (int x = left, from = left; x < right; x++)
        if (x + 1 == right || (line[x] & 0xffffff) != (line[x + 1] & 0xffffff)) /* most of a line is of one colour: one look-up for all of it */
          {
            gpointer colour = GUINT_TO_POINTER (line[x] & 0xffffff);

            g_hash_table_insert (counts, colour, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, colour)) + (guint) (x + 1 - from)));
            from = x + 1;
          }
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        *ground = GPOINTER_TO_UINT (key);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) >= LEAST_PIXELS && GPOINTER_TO_UINT (key) != *ground && contrast (GPOINTER_TO_UINT (key), *ground) > best)
      {
        best = contrast (GPOINTER_TO_UINT (key), *ground);
        *text = GPOINTER_TO_UINT (key);
      }
  return best;
}

/* 24 px, or 18.7 px in bold, is large. */
static gboolean
is_large (GtkWidget *label)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (label));
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72.0;
  return size >= 24 || (size >= 18.6 && pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD);
}

/* Nothing lies over the middle of it, and no list has scrolled it away. */
static gboolean
is_seen (GtkWidget *window, GtkWidget *widget, const graphene_rect_t *area)
{
  GtkWidget *there = gtk_widget_pick (window, area->origin.x + area->size.width / 2, area->origin.y + area->size.height / 2, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (window), (float) gtk_widget_get_height (window));

  return there && (there == widget || gtk_widget_is_ancestor (there, widget)) && graphene_rect_contains_rect (&whole, area);
}

static void
look_at_words (GtkWidget *window, GtkWidget *widget, const Picture *picture, const char *place, GHashTable *told)
{
  graphene_rect_t area;

  /* What cannot be used may be faint (1.4.3), and the initials of a name that stands beside them. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || ADW_IS_AVATAR (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) && gtk_widget_compute_bounds (widget, window, &area) && is_seen (window, widget, &area))
    {
      guint32 text = 0, ground = 0;
      double least = is_large (widget) ? 3 : 4.5, found = measure (picture, &area, &text, &ground);
      g_autofree char *words = g_strdup_printf ("“%s” %06x on %06x: %.2f", gtk_label_get_text (GTK_LABEL (widget)), text, ground, found);

      if (found > 0 && found < least && g_hash_table_add (told, g_strdup (words)))
        {
          g_test_message ("%s: %s", place, words);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at_words (window, child, picture, place, told);
}

static GtkWidget *
find_expander (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_EXPANDER_ROW (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_expander (child);
  return found;
}

static guint
count_places (gconstpointer how)
{
  return G_N_ELEMENTS (places) - (g_strcmp0 (how, "calls") == 0 ? 0 : A_CALL_PLACES);
}

static void
test_contrast (Fixture *fixture, gconstpointer how)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < count_places (how); i++)
    {
      Picture picture;

      open_place (fixture, places[i]);
      if (g_str_equal (places[i], "capacity") && g_strcmp0 (how, "calls") != 0) /* what a line holds, too; 2-1-1 has no such page */
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_expander (GTK_WIDGET (fixture->window))), TRUE);
      pump (400); /* what moves has come to rest */
      picture = draw (GTK_WIDGET (fixture->window));
      look_at_words (GTK_WIDGET (fixture->window), GTK_WIDGET (fixture->window), &picture, places[i], told);
      g_free (picture.pixels);
    }
}

/* Links within a sentence are as large as its words (2.5.8, inline), the window's own buttons are GTK's, and where the whole line is pressed for it,
 * the tick in it need not be hit. */
static gboolean
is_pressed (GtkWidget *widget)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW));

  if (GTK_IS_LINK_BUTTON (widget) || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) || gtk_widget_has_css_class (widget, "link"))
    return FALSE;
  if ((GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget)) && row && gtk_list_box_row_get_activatable (row))
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SWITCH (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         (GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

static void
look_at_sizes (GtkWidget *window, GtkWidget *widget, const char *place, GHashTable *told)
{
  graphene_rect_t area; /* with its padding: that is pressed too */

  if (!gtk_widget_get_mapped (widget))
    return;
  if (is_pressed (widget) && gtk_widget_compute_bounds (widget, window, &area))
    {
      gboolean loud = gtk_widget_has_css_class (widget, "suggested-action") || gtk_widget_has_css_class (widget, "destructive-action");
      int width = (int) area.size.width, height = (int) area.size.height, least = loud ? LEAST_BUTTON : LEAST_TARGET;
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));
      g_autofree char *words = g_strdup_printf ("%s %s, %s: %d × %d", G_OBJECT_TYPE_NAME (widget), id ? id : "",
                                                GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) ? gtk_button_get_label (GTK_BUTTON (widget)) : "", width, height);

      if ((width < least || height < least) && g_hash_table_add (told, g_strdup (words)))
        {
          g_test_message ("%s: %s", place, words);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at_sizes (window, child, place, told);
}

static void
test_sizes (Fixture *fixture, gconstpointer how)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < count_places (how); i++)
    {
      open_place (fixture, places[i]);
      pump (150);
      look_at_sizes (GTK_WIDGET (fixture->window), GTK_WIDGET (fixture->window), places[i], told);
    }
}

/* Whoever has their words twice as large has what stands beside them so too, and what is pressed as large as a finger (ux.md 2.0: 44 px). */
#define LARGE_TEXT 200
#define LARGE_ICON 28
#define LARGE_TARGET 44

static void
look_at_large (GtkWidget *window, GtkWidget *widget, const char *place, GHashTable *told)
{
  graphene_rect_t area;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget) || ADW_IS_AVATAR (widget))
    return;
  if ((GTK_IS_IMAGE (widget) || GTK_IS_BUTTON (widget)) && gtk_widget_compute_bounds (widget, window, &area))
    {
      gboolean image = GTK_IS_IMAGE (widget);
      int width = (int) area.size.width, height = (int) area.size.height, least = image ? LARGE_ICON : LARGE_TARGET;
      g_autofree char *words = g_strdup_printf ("%s %s in %s: %d × %d", G_OBJECT_TYPE_NAME (widget), image && gtk_image_get_icon_name (GTK_IMAGE (widget)) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : "",
                                                G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), width, height);

      if ((image || is_pressed (widget)) && (width < least || height < least) && g_hash_table_add (told, g_strdup (words)))
        {
          g_test_message ("%s: %s", place, words);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at_large (window, child, place, told);
}

static void
test_large_text (Fixture *fixture, gconstpointer how)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * LARGE_TEXT / 100, NULL);
  for (guint i = 0; i < count_places (how); i++)
    {
      open_place (fixture, places[i]);
      pump (150);
      look_at_large (GTK_WIDGET (fixture->window), GTK_WIDGET (fixture->window), places[i], told);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

/* ux.md 2.1, three panes: where there is room the story stands beside the referral, else below it, and it is one and the same. */
static void
test_story_beside (Fixture *fixture, gconstpointer data)
{
  static const struct { int width, text; gboolean beside; } cases[] = { { 1100, 100, FALSE }, { 1240, 100, TRUE }, { 390, 100, FALSE }, { 1240, 150, FALSE }, { 1240, 100, TRUE } };
  GtkWidget *story = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sidebar", NULL); /* this screen has no room for a window of 1400 */
  open_place (fixture, "sent/" WORKED_ON);
  pump (300);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      graphene_rect_t name, told;

      g_test_message ("%u", i);
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * cases[i].text / 100, NULL);
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), cases[i].width, 720);
      pump (300);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", "sent/" WORKED_ON); /* folded, the record is in front */
      pump (200);
      if (!story)
        story = find_widget (GTK_WIDGET (fixture->window), "story");
      g_assert_nonnull (story);
      g_assert_true (find_widget (GTK_WIDGET (fixture->window), "story") == story);
      g_assert_true (gtk_widget_compute_bounds (find_widget (GTK_WIDGET (fixture->window), "loop"), GTK_WIDGET (fixture->window), &name));
      g_assert_true (gtk_widget_compute_bounds (story, GTK_WIDGET (fixture->window), &told));
      if (cases[i].beside)
        {
          g_assert_cmpfloat (told.origin.x, >=, name.origin.x + name.size.width);
          g_assert_cmpfloat (told.origin.y, <=, name.origin.y);
        }
      else
        g_assert_cmpfloat (told.origin.y, >=, name.origin.y + name.size.height);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add ("/desk/measured/contrast/light", Fixture, NULL, set_up_as, test_contrast, tear_down_as);
  g_test_add ("/desk/measured/contrast/dark", Fixture, "dark", set_up_as, test_contrast, tear_down_as);
  g_test_add ("/desk/measured/contrast/calls", Fixture, "calls", set_up_as, test_contrast, tear_down_as);
  g_test_add ("/desk/measured/sizes", Fixture, NULL, set_up_as, test_sizes, tear_down_as);
  g_test_add ("/desk/measured/sizes-calls", Fixture, "calls", set_up_as, test_sizes, tear_down_as);
  g_test_add ("/desk/measured/story-beside", Fixture, NULL, set_up_as, test_story_beside, tear_down_as);
  g_test_add ("/desk/measured/large-text", Fixture, NULL, set_up_as, test_large_text, tear_down_as);
  return g_test_run ();
}
