/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-page.h"

#include <glib/gi18n.h>

#include "kith-format.h"

typedef struct
{
  KithContext *context;
  guint count;
  gboolean narrow;
} KithPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithPage, kith_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT,
  PROP_COUNT,
  PROP_NARROW,
  PROP_TITLE,
  PROP_ICON_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
kith_page_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  KithPage *self = KITH_PAGE (object);
  KithPagePrivate *priv = kith_page_get_instance_private (self);

  switch (id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, priv->context);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, priv->count);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    case PROP_TITLE:
      g_value_set_string (value, kith_page_get_title (self));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, KITH_PAGE_GET_CLASS (self)->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kith_page_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  KithPagePrivate *priv = kith_page_get_instance_private (KITH_PAGE (object));

  if (id == PROP_CONTEXT)
    priv->context = g_value_dup_object (value);
  else if (id == PROP_NARROW)
    priv->narrow = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_page_finalize (GObject *object)
{
  KithPagePrivate *priv = kith_page_get_instance_private (KITH_PAGE (object));

  g_clear_object (&priv->context);
  G_OBJECT_CLASS (kith_page_parent_class)->finalize (object);
}

static void
kith_page_class_init (KithPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kith_page_get_property;
  object_class->set_property = kith_page_set_property;
  object_class->finalize = kith_page_finalize;

  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, KITH_TYPE_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kith_page_init (KithPage *self)
{
}

void
kith_page_enter (GtkWidget *page_or_form)
{
  GtkRoot *root = gtk_widget_get_root (page_or_form);

  if (root)
    gtk_root_set_focus (root, NULL);
  gtk_widget_child_focus (page_or_form, GTK_DIR_TAB_FORWARD);
}

/* Returns: (transfer none): what the page was made with */
KithContext *
kith_page_get_context (KithPage *self)
{
  KithPagePrivate *priv = kith_page_get_instance_private (self);

  return priv->context;
}

const char *
kith_page_get_title (KithPage *self)
{
  return g_dpgettext (NULL, KITH_PAGE_GET_CLASS (self)->title, 0);
}

/* Returns: how many wait there, as the sidebar shows it */
guint
kith_page_get_count (KithPage *self)
{
  KithPagePrivate *priv = kith_page_get_instance_private (self);

  return priv->count;
}

/**
 * kith_page_set_count:
 * @count: 0: no number is shown
 */
void
kith_page_set_count (KithPage *self,
                     guint     count)
{
  KithPagePrivate *priv = kith_page_get_instance_private (self);

  if (priv->count == count)
    return;
  priv->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* Ctrl+F: to the page's search entry, where it has one. */
void
kith_page_search (KithPage *self)
{
  if (KITH_PAGE_GET_CLASS (self)->search)
    KITH_PAGE_GET_CLASS (self)->search (self);
}

/* Returns: FALSE when there was no step back left in the page */
gboolean
kith_page_back (KithPage *self)
{
  return KITH_PAGE_GET_CLASS (self)->back && KITH_PAGE_GET_CLASS (self)->back (self);
}

gboolean
kith_page_leave (KithPage   *self,
                 const char *next)
{
  return !KITH_PAGE_GET_CLASS (self)->leave || KITH_PAGE_GET_CLASS (self)->leave (self, next);
}

/**
 * kith_page_show_record:
 * @place: "ID" or "verb:ID"
 *
 * Returns: FALSE when the page does not know such places
 */
gboolean
kith_page_show_record (KithPage   *self,
                       const char *place)
{
  return KITH_PAGE_GET_CLASS (self)->show_record && KITH_PAGE_GET_CLASS (self)->show_record (self, place);
}

/* Returns: (transfer full) (nullable): for kith_page_show_record(); NULL: nowhere in particular */
char *
kith_page_get_place (KithPage *self)
{
  return KITH_PAGE_GET_CLASS (self)->get_place ? KITH_PAGE_GET_CLASS (self)->get_place (self) : NULL;
}

/* What is being typed goes into its draft now: the window is about to be blanked. */
void
kith_page_flush (KithPage *self)
{
  if (KITH_PAGE_GET_CLASS (self)->flush)
    KITH_PAGE_GET_CLASS (self)->flush (self);
}

/* Returns: whether something is shown that the letters could be meant for */
gboolean
kith_page_takes_keys (KithPage *self)
{
  return !KITH_PAGE_GET_CLASS (self)->takes_keys || KITH_PAGE_GET_CLASS (self)->takes_keys (self);
}

char *
kith_page_done (GtkWidget  *widget,
                const char *done)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_PAGE);
  const char *about = page && KITH_PAGE_GET_CLASS (page)->get_about ? KITH_PAGE_GET_CLASS (page)->get_about (KITH_PAGE (page)) : NULL;

  return kith_format_done (done, about);
}
