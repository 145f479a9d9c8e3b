/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-action-strip.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"

/* One line: the next steps stand in sight, as many as there is room for, what else can be done one click away. So the name of the record stays in the
 * upper part of the window. One more than these needs no menu of its own. */
#define IN_SIGHT 4
#define GAP 6

/* Where an item stood in sight when all was laid out last: px from where the line begins. */
typedef struct
{
  guint item;
  int x, width;
} Stood;

struct _KithActionStrip
{
  GtkWidget parent_instance;

  const KithActionStripItem *items;
  GPtrArray *front, *behind; /* one of each item, (element-type GtkWidget) */
  GtkWidget *more;
  guint first; /* of the items: stands before all others; G_MAXUINT: none does */
  GArray *stood; /* (element-type Stood): in the order they stand in */
  gboolean more_stood;
  int laid_out; /* px: how wide it was then */
  gboolean pointed_at;
  double at_x, at_y; /* where the pointer was heard of last */
};

G_DEFINE_FINAL_TYPE (KithActionStrip, kith_action_strip, GTK_TYPE_WIDGET)

/* What cannot be done now is not offered. */
static gboolean
is_offered (GtkWidget *front)
{
  return gtk_widget_get_sensitive (front);
}

static int
width_of (GtkWidget *child,
          gboolean   natural)
{
  int min, nat;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
  return natural ? nat : min;
}

static guint
count_offered (KithActionStrip *self)
{
  guint n = 0;

  for (guint i = 0; i < self->front->len; i++)
    n += is_offered (self->front->pdata[i]);
  return n;
}

/* The one that is i-th in staying in sight. */
static guint
ranked (KithActionStrip *self,
        guint            i)
{
  if (self->first >= self->front->len || i > self->first)
    return i;
  return i == 0 ? self->first : i - 1;
}

/* The same in the order they stand in. */
static guint
placed (KithActionStrip *self,
        guint            i)
{
  guint k = ranked (self, i), next = i + 1 < self->front->len ? ranked (self, i + 1) : k;

  if (self->items[k].before && i > 0 && ranked (self, i - 1) + 1 == k)
    return k - 1;
  return next == k + 1 && self->items[next].before ? next : k;
}

/* How wide the first n and, where those are not all, the menu are. */
static int
width_with (KithActionStrip *self,
            guint            n,
            guint            offered)
{
  int width = n < offered ? width_of (self->more, TRUE) : -GAP;

  for (guint i = 0; n > 0 && i < self->front->len; i++)
    if (is_offered (self->front->pdata[ranked (self, i)]))
      {
        width += width_of (self->front->pdata[ranked (self, i)], TRUE) + GAP;
        n--;
      }
  return width;
}

static guint
count_in_sight (KithActionStrip *self,
                int              width)
{
  guint offered = count_offered (self), n = offered <= IN_SIGHT + 1 ? offered : IN_SIGHT;

  while (n > 1 && width_with (self, n, offered) > width)
    n = MIN (n - 1, IN_SIGHT);
  return n;
}

static void
kith_action_strip_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  KithActionStrip *self = KITH_ACTION_STRIP (widget);
  guint offered = count_offered (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      gtk_widget_measure (self->more, orientation, -1, minimum, natural, NULL, NULL);
      for (guint i = 0; i < self->front->len; i++)
        {
          int min, nat;

          gtk_widget_measure (self->front->pdata[i], orientation, -1, &min, &nat, NULL, NULL);
          *minimum = MAX (*minimum, min);
          *natural = MAX (*natural, nat);
        }
      if (offered == 0 && !(self->pointed_at && self->stood->len > 0)) /* else the page jumps under the pointer */
        *minimum = *natural = 0;
      return;
    }
  *natural = width_with (self, count_in_sight (self, G_MAXINT), offered);
  *minimum = offered > 1 ? width_of (self->more, FALSE) + GAP : 0;
  for (guint i = 0; i < self->front->len; i++)
    if (is_offered (self->front->pdata[ranked (self, i)]))
      {
        *minimum += width_of (self->front->pdata[ranked (self, i)], FALSE);
        break;
      }
  *natural = MAX (*natural, *minimum);
}

/* width: 0: not in sight */
static void
put (KithActionStrip *self,
     GtkWidget       *child,
     int              x,
     int              width,
     int              height)
{
  GtkAllocation at = { gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? self->laid_out - x - width : x, 0, width, height };

  gtk_widget_set_child_visible (child, width > 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, width == 0, -1); /* GTK says so of what is not visible alone */
  if (width > 0)
    gtk_widget_size_allocate (child, &at, -1);
}

/* Behind what was placed before. Returns: its width */
static int
place (KithActionStrip *self,
       GtkWidget       *child,
       gboolean         in_sight,
       int             *x,
       int              height)
{
  int width = in_sight ? MAX (width_of (child, FALSE), MIN (width_of (child, TRUE), self->laid_out)) : 0;

  put (self, child, *x, width, height);
  *x += in_sight ? width + GAP : 0;
  return width;
}

/* Under the pointer nothing moves, else whoever presses twice presses something else: what can be done no more stays, grey, and what is new waits behind the
 * menu, until the pointer goes. The menu stands last: it may come and go. Returns: FALSE: nothing stood, or it has no room there */
static gboolean
keep_places (KithActionStrip *self,
             int              height)
{
  g_autofree gboolean *here = g_new0 (gboolean, self->front->len);
  guint waiting = 0;
  int end = 0;

  for (guint i = 0; i < self->stood->len; i++)
    {
      const Stood *stood = &g_array_index (self->stood, Stood, i);

      if (width_of (self->front->pdata[stood->item], FALSE) > stood->width) /* it says something else now */
        return FALSE;
      put (self, self->front->pdata[stood->item], stood->x, stood->width, height);
      here[stood->item] = TRUE;
      end = stood->x + stood->width + GAP;
    }
  for (guint i = 0; i < self->front->len; i++)
    if (!here[i])
      {
        waiting += is_offered (self->front->pdata[i]);
        put (self, self->front->pdata[i], 0, 0, height);
      }
  place (self, self->more, waiting > 0 && (self->more_stood || end + width_of (self->more, TRUE) <= self->laid_out), &end, height);
  return end > 0;
}

static void
kith_action_strip_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  KithActionStrip *self = KITH_ACTION_STRIP (widget);
  guint offered = count_offered (self), in_sight = count_in_sight (self, width), shown = 0;
  g_autofree gboolean *here = g_new0 (gboolean, self->front->len);
  int x = 0;

  if (self->pointed_at && width == self->laid_out && keep_places (self, height))
    return;
  g_array_set_size (self->stood, 0);
  self->laid_out = width;
  self->more_stood = in_sight < offered;

  for (guint i = 0; i < self->front->len; i++)
    {
      guint k = ranked (self, i);

      here[k] = is_offered (self->front->pdata[k]) && shown < in_sight;
      shown += here[k];
    }
  for (guint i = 0; i < self->front->len; i++)
    {
      Stood stood = { placed (self, i), x, 0 };

      stood.width = place (self, self->front->pdata[stood.item], here[stood.item], &x, height);
      if (here[stood.item])
        g_array_append_val (self->stood, stood);
    }
  place (self, self->more, self->more_stood, &x, height);
}

static GtkSizeRequestMode
kith_action_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
kith_action_strip_dispose (GObject *object)
{
  KithActionStrip *self = KITH_ACTION_STRIP (object);

  for (guint i = 0; i < self->front->len; i++)
    g_signal_handlers_disconnect_by_data (self->front->pdata[i], self);
  g_ptr_array_set_size (self->front, 0);
  g_ptr_array_set_size (self->behind, 0);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self)));)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kith_action_strip_parent_class)->dispose (object);
}

static void
kith_action_strip_finalize (GObject *object)
{
  KithActionStrip *self = KITH_ACTION_STRIP (object);

  g_ptr_array_unref (self->front);
  g_ptr_array_unref (self->behind);
  g_array_unref (self->stood);
  G_OBJECT_CLASS (kith_action_strip_parent_class)->finalize (object);
}

/* GTK tells of a pointer that rests as of one that moved whenever something was laid out below it. */
static void
point_cb (KithActionStrip *self,
          double           x,
          double           y)
{
  self->pointed_at |= x != self->at_x || y != self->at_y;
  self->at_x = x;
  self->at_y = y;
}

static void
leave_cb (KithActionStrip *self)
{
  self->at_x = self->at_y = -1;
  kith_action_strip_let_go (self);
}

static void
kith_action_strip_class_init (KithActionStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_action_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_action_strip_finalize;
  widget_class->measure = kith_action_strip_measure;
  widget_class->size_allocate = kith_action_strip_size_allocate;
  widget_class->get_request_mode = kith_action_strip_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kith_action_strip_init (KithActionStrip *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (point_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (point_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  self->stood = g_array_new (FALSE, FALSE, sizeof (Stood));
  self->at_x = self->at_y = -1;
  self->front = g_ptr_array_new_with_free_func (g_object_unref);
  self->behind = g_ptr_array_new_with_free_func (g_object_unref);
  self->first = G_MAXUINT;
}

/* Words with the key of the action beside them. */
static void
set_words (GtkButton  *button,
           GtkWidget  *label,
           const char *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *key = kith_shortcuts_label (action);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (key)
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key-hint");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (button, box);
}

static const char *
words_of (const KithActionStripItem *item)
{
  return item->context ? g_dpgettext2 (NULL, item->context, item->label) : _(item->label);
}

GtkWidget *
kith_action_strip_button_new (const KithActionStripItem *item)
{
  GtkWidget *button = gtk_button_new (), *label = gtk_label_new (words_of (item));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  set_words (GTK_BUTTON (button), label, item->action);
  g_object_set_data (G_OBJECT (button), "words", label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words_of (item), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), item->action);
  return button;
}

void
kith_action_strip_print_key (GtkButton *button)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (gtk_button_get_label (button));

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (button));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (label)), -1);
  set_words (button, label, gtk_actionable_get_action_name (GTK_ACTIONABLE (button)));
}

/* One button stands out at most, the first that may. */
static void
changed_cb (KithActionStrip *self)
{
  gboolean out = FALSE;

  for (guint i = 0; i < self->front->len; i++)
    {
      guint k = ranked (self, i);
      const char *css_class = k == self->first ? "suggested-action" : self->items[k].css_class;

      if (css_class && is_offered (self->front->pdata[k]) && !out)
        gtk_widget_add_css_class (self->front->pdata[k], css_class);
      else
        gtk_widget_remove_css_class (self->front->pdata[k], css_class ? css_class : "suggested-action");
      out |= css_class && is_offered (self->front->pdata[k]);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Tab goes as they stand. */
static void
order_children (KithActionStrip *self)
{
  for (guint i = 0; i < self->front->len; i++)
    gtk_widget_insert_before (self->front->pdata[placed (self, i)], GTK_WIDGET (self), self->more);
}

void
kith_action_strip_set_first (KithActionStrip *self,
                             const char      *action)
{
  guint first = G_MAXUINT;

  for (guint i = 0; action && i < self->front->len; i++)
    if (g_str_equal (self->items[i].action, action))
      first = i;
  if (first == self->first)
    return;
  self->first = first;
  order_children (self);
  changed_cb (self);
}

static void
add_item (KithActionStrip           *self,
          GtkWidget                 *popover,
          GtkWidget                 *list,
          const KithActionStripItem *item)
{
  GtkWidget *front = kith_action_strip_button_new (item), *behind = kith_action_strip_button_new (item);

  gtk_widget_add_css_class (behind, "flat");
  g_signal_connect_object (behind, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (front, "notify::sensitive", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->front, g_object_ref_sink (front));
  g_ptr_array_add (self->behind, g_object_ref_sink (behind));
  gtk_widget_set_parent (front, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (list), behind);
}

/* The menu has what there was no room for when it is opened. */
static void
open_cb (GtkMenuButton *more,
         gpointer       user_data)
{
  KithActionStrip *self = user_data;

  for (guint i = 0; i < self->front->len; i++)
    gtk_widget_set_visible (self->behind->pdata[i], is_offered (self->front->pdata[i]) && !gtk_widget_get_child_visible (self->front->pdata[i]));
}

GtkWidget *
kith_action_strip_new (const KithActionStripItem *items,
                       guint                      n_items)
{
  KithActionStrip *self = g_object_new (KITH_TYPE_ACTION_STRIP, NULL);
  GtkWidget *popover = gtk_popover_new (), *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->items = items;
  gtk_widget_add_css_class (GTK_WIDGET (self), "action-strip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What can be done"), -1);
  for (guint i = 0; i < n_items; i++)
    add_item (self, popover, list, &items[i]);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  self->more = gtk_menu_button_new ();
  gtk_widget_set_name (self->more, "more_actions");
  /* Translators: a button; behind it is what else can be done */
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->more), _("More"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->more), open_cb, self, NULL);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  order_children (self);
  changed_cb (self);
  return GTK_WIDGET (self);
}

void
kith_action_strip_let_go (KithActionStrip *self)
{
  self->pointed_at = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
kith_action_strip_set_words (KithActionStrip *self,
                             const char      *action,
                             const char      *words)
{
  for (guint i = 0; i < self->front->len; i++)
    if (g_str_equal (self->items[i].action, action))
      {
        GtkWidget *buttons[] = { self->front->pdata[i], self->behind->pdata[i] };
        const char *says = words ? words : words_of (&self->items[i]);

        for (guint k = 0; k < G_N_ELEMENTS (buttons); k++)
          {
            gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (buttons[k]), "words")), says);
            gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[k]), GTK_ACCESSIBLE_PROPERTY_LABEL, says, -1);
          }
      }
}
