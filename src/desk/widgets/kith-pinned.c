/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-pinned.h"

#define GAP 8
#define SHARE 3 /* of what is in sight the bar takes no more than one in so many */

struct _KithPinned
{
  GtkWidget parent_instance;
  GtkWidget *head, *bar, *body; /* in this order as they are read; the bar is the last child, for it lies over the body */
  GtkWidget *held;              /* what the bar shows, inside of it: a scrolled window does not say how high that is in a given width */
  GtkAdjustment *scroll;        /* of the scrolled window it is in; NULL: in none */
  GtkWidget *root;              /* not owned: whose focus is followed */
  int bar_at;                   /* where the bar stands while it is not pinned */
  int bar_height;               /* as it was placed */
  double page;                  /* how much was in sight then */
  char *part;                   /* of the body, in sight; NULL: none yet */
  GHashTable *places;           /* part to gint64: how far it was scrolled */
  guint return_id;              /* scrolls there, once all is laid out */
  double wanted;                /* how far to scroll as soon as there is that much; negative: nowhere */
};

static void kith_pinned_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KithPinned, kith_pinned, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, kith_pinned_buildable_init))

static gboolean
is_pinned (KithPinned *self)
{
  return self->scroll && gtk_adjustment_get_value (self->scroll) > self->bar_at;
}

static int
height_of (GtkWidget *child,
           int        width,
           int       *minimum)
{
  int natural = 0;

  if (child)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, minimum, &natural, NULL, NULL);
  return natural;
}

static void
kith_pinned_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  KithPinned *self = KITH_PINNED (widget);
  GtkWidget *children[] = { self->head, self->bar, self->body };

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0 && self->scroll)
    return; /* it scrolls: how high it would be in a width that nobody gives it is not worth a second layout of the whole record */
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = height_of (self->head, for_size, NULL) + height_of (self->held, for_size, NULL) + height_of (self->body, for_size, NULL) + 2 * GAP;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int min = 0, nat = 0;

      if (children[i])
        gtk_widget_measure (children[i], orientation, -1, &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
    }
}

static void
place (GtkWidget *child,
       int        y,
       int        width,
       int        height)
{
  if (child)
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, MAX (height, 0) }, -1);
}

static void
kith_pinned_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  KithPinned *self = KITH_PINNED (widget);
  int head = height_of (self->head, width, NULL), least = 0, whole = height_of (self->held, width, NULL), body_at;

  height_of (self->bar, width, &least);
  self->bar_at = head + GAP;
  self->bar_height = whole;
  body_at = self->bar_at + whole + GAP;
  place (self->head, 0, width, head);
  place (self->body, body_at, width, height - body_at);
  self->page = self->scroll ? gtk_adjustment_get_page_size (self->scroll) : 0;
  if (is_pinned (self))
    self->bar_height = CLAMP ((int) gtk_adjustment_get_page_size (self->scroll) / SHARE, MIN (least, whole), whole);
  place (self->bar, is_pinned (self) ? (int) gtk_adjustment_get_value (self->scroll) : self->bar_at, width, self->bar_height);
}

/* What lies below it does not shine through, and a line says that it goes on there. */
static void
kith_pinned_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  KithPinned *self = KITH_PINNED (widget);

  if (self->head)
    gtk_widget_snapshot_child (widget, self->head, snapshot);
  if (self->body)
    gtk_widget_snapshot_child (widget, self->body, snapshot);
  if (self->bar && is_pinned (self))
    {
      GtkStyleContext *style = gtk_widget_get_style_context (widget);
      int y = (int) gtk_adjustment_get_value (self->scroll), width = gtk_widget_get_width (widget);
      GdkRGBA ground, line;

      if (gtk_style_context_lookup_color (style, "window_bg_color", &ground))
        gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, y, width, self->bar_height));
      if (gtk_style_context_lookup_color (style, "window_fg_color", &line))
        {
          line.alpha *= 0.2f;
          gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, y + self->bar_height, width, 1));
        }
    }
  if (self->bar)
    gtk_widget_snapshot_child (widget, self->bar, snapshot);
}

/* Head, bar, body, wherever the bar is at the moment. */
static gboolean
kith_pinned_focus (GtkWidget       *widget,
                   GtkDirectionType direction)
{
  KithPinned *self = KITH_PINNED (widget);
  GtkWidget *order[] = { self->head, self->bar, self->body }, *now = gtk_widget_get_focus_child (widget);
  int by = direction == GTK_DIR_TAB_FORWARD ? 1 : -1, i = by > 0 ? 0 : 2;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (kith_pinned_parent_class)->focus (widget, direction);
  for (int k = 0; now && k < 3; k++)
    if (order[k] == now)
      i = k;
  for (; i >= 0 && i < 3; i += by)
    if (order[i] && gtk_widget_child_focus (order[i], direction))
      return TRUE;
  return FALSE;
}

/* ---- how far it is scrolled ---- */

static void
scrolled_cb (KithPinned *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
return_cb (gpointer user_data)
{
  KithPinned *self = user_data;

  self->return_id = 0;
  if (self->page != gtk_adjustment_get_page_size (self->scroll)) /* the window's height is another, which says how high the bar may be */
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (self->wanted >= 0)
    gtk_adjustment_set_value (self->scroll, self->wanted); /* or as far as there is */
  if (gtk_adjustment_get_value (self->scroll) >= self->wanted)
    self->wanted = -1;
  return G_SOURCE_REMOVE;
}

/* A part that is read only now grows. It is told of in the middle of laying out, when nothing may move. */
static void
extent_cb (KithPinned *self)
{
  if ((self->wanted >= 0 || self->page != gtk_adjustment_get_page_size (self->scroll)) && self->return_id == 0)
    self->return_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, return_cb, self, NULL);
}

/* How much there is to scroll is known only once the part is laid out: until then it is taken to be enough. */
static void
go (KithPinned *self,
    double      to)
{
  double page = gtk_adjustment_get_page_size (self->scroll);

  self->wanted = to;
  g_signal_handlers_block_by_func (self->scroll, extent_cb, self); /* a guess */
  if (gtk_adjustment_get_upper (self->scroll) < to + page)
    gtk_adjustment_set_upper (self->scroll, to + page);
  g_signal_handlers_unblock_by_func (self->scroll, extent_cb, self);
  gtk_adjustment_set_value (self->scroll, to);
}

/* Whoever goes elsewhere meanwhile is not called back. */
static gboolean
event_cb (KithPinned *self,
          GdkEvent   *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      self->wanted = -1;
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* The scrolled window has brought what has the focus into its sight, and the bar may lie over it. */
static void
focus_cb (KithPinned *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->root));
  graphene_rect_t bounds;
  double value = self->scroll ? gtk_adjustment_get_value (self->scroll) : 0;

  if (focus && self->body && gtk_widget_is_ancestor (focus, self->body) && is_pinned (self) && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds) &&
      bounds.origin.y < value + self->bar_height + GAP)
    gtk_adjustment_set_value (self->scroll, bounds.origin.y - self->bar_height - GAP);
}

/**
 * kith_pinned_turn:
 * @part: (nullable): of the body, which is in sight from now on
 *
 * It is where it was left; one that was not in sight yet begins at its top. While the bar is pinned it stays where it is.
 */
void
kith_pinned_turn (KithPinned *self,
                  const char *part)
{
  const gint64 *place = NULL;
  double value = self->scroll ? gtk_adjustment_get_value (self->scroll) : 0, to;

  if (g_strcmp0 (self->part, part) == 0)
    return;
  if (self->part && self->scroll)
    {
      gint64 *left = g_new (gint64, 1);

      *left = (gint64) (self->wanted >= 0 ? self->wanted : value);
      g_hash_table_insert (self->places, g_strdup (self->part), left);
    }
  g_free (self->part);
  self->part = g_strdup (part);
  place = part ? g_hash_table_lookup (self->places, part) : NULL;
  to = place ? (double) *place : MIN (value, self->bar_at);
  if (value >= self->bar_at)
    to = MAX (to, self->bar_at);
  if (self->scroll)
    go (self, to);
}

/* What comes is another record: each part begins at its top. */
void
kith_pinned_forget (KithPinned *self)
{
  g_hash_table_remove_all (self->places);
  if (self->scroll)
    go (self, 0);
}

/**
 * kith_pinned_get_places:
 *
 * Returns: (transfer full): how far each part is scrolled, for kith_pinned_set_places()
 */
GHashTable *
kith_pinned_get_places (KithPinned *self)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer part, place;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &part, &place))
    g_hash_table_insert (places, g_strdup (part), g_memdup2 (place, sizeof (gint64)));
  if (self->part && self->scroll)
    {
      gint64 here = (gint64) (self->wanted >= 0 ? self->wanted : gtk_adjustment_get_value (self->scroll));

      g_hash_table_insert (places, g_strdup (self->part), g_memdup2 (&here, sizeof here));
    }
  return places;
}

/**
 * kith_pinned_set_places:
 * @places: (transfer full): of the record that comes, as it was left
 */
void
kith_pinned_set_places (KithPinned *self,
                        GHashTable *places)
{
  const gint64 *place = self->part ? g_hash_table_lookup (places, self->part) : NULL;

  g_hash_table_unref (self->places);
  self->places = places;
  if (self->scroll)
    go (self, place ? (double) *place : 0);
}

static void
kith_pinned_root (GtkWidget *widget)
{
  KithPinned *self = KITH_PINNED (widget);
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (kith_pinned_parent_class)->root (widget);
  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (!window)
    return;
  self->scroll = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)));
  g_signal_connect_object (self->scroll, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll, "changed", G_CALLBACK (extent_cb), self, G_CONNECT_SWAPPED);
}

static void
kith_pinned_unroot (GtkWidget *widget)
{
  KithPinned *self = KITH_PINNED (widget);

  g_clear_handle_id (&self->return_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->root, self);
  self->root = NULL;
  if (self->scroll)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
  GTK_WIDGET_CLASS (kith_pinned_parent_class)->unroot (widget);
}

static GtkSizeRequestMode
kith_pinned_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kith_pinned_dispose (GObject *object)
{
  KithPinned *self = KITH_PINNED (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  self->held = NULL;
  G_OBJECT_CLASS (kith_pinned_parent_class)->dispose (object);
}

static void
kith_pinned_finalize (GObject *object)
{
  KithPinned *self = KITH_PINNED (object);

  g_free (self->part);
  g_hash_table_unref (self->places);
  G_OBJECT_CLASS (kith_pinned_parent_class)->finalize (object);
}

static void
kith_pinned_class_init (KithPinnedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_pinned_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_pinned_finalize;
  widget_class->measure = kith_pinned_measure;
  widget_class->size_allocate = kith_pinned_size_allocate;
  widget_class->snapshot = kith_pinned_snapshot;
  widget_class->focus = kith_pinned_focus;
  widget_class->root = kith_pinned_root;
  widget_class->unroot = kith_pinned_unroot;
  widget_class->get_request_mode = kith_pinned_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kith_pinned_init (KithPinned *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->wanted = -1;
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

static GtkBuildableIface *parent_buildable;

static void
kith_pinned_add_child (GtkBuildable *buildable,
                       GtkBuilder   *builder,
                       GObject      *child,
                       const char   *type)
{
  KithPinned *self = KITH_PINNED (buildable);

  if (g_strcmp0 (type, "head") == 0)
    gtk_widget_insert_after (self->head = GTK_WIDGET (child), GTK_WIDGET (self), NULL);
  else if (g_strcmp0 (type, "body") == 0)
    gtk_widget_insert_after (self->body = GTK_WIDGET (child), GTK_WIDGET (self), self->head);
  else if (g_strcmp0 (type, "bar") == 0)
    {
      self->held = GTK_WIDGET (child);
      self->bar = gtk_scrolled_window_new ();
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->bar), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->bar), TRUE);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->bar), self->held);
      gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
    }
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
kith_pinned_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = kith_pinned_add_child;
}
