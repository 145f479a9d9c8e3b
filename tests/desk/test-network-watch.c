/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of its network, played here, and when the hub is tried for it. */

#include "fake-desktop.h"
#include "kith-network-watch.h"
#include "kith-test.h"

#define NOW_MS G_GINT64_CONSTANT (1795183500000)
#define SETTLE_MS 60

/* ---- a network that is as the test says */

typedef struct
{
  GObject parent_instance;
  gboolean available;
} Monitor;

typedef struct
{
  GObjectClass parent_class;
} MonitorClass;

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static GType monitor_get_type (void);
G_DEFINE_TYPE_WITH_CODE (Monitor, monitor, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, NULL) G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, NULL))

static void
monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, id == PROP_AVAILABLE && ((Monitor *) object)->available);
}

static void
monitor_class_init (MonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = monitor_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_AVAILABLE, "network-available");
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_METERED, "network-metered");
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_CONNECTIVITY, "connectivity");
}

static void
monitor_init (Monitor *self)
{
}

/* ---- */

typedef struct
{
  KithClock *clock;
  KithDesktop *desktop;
  Monitor *monitor;
  KithNetworkWatch *watch;
} Network;

static void
network_up (Network *n, gconstpointer data)
{
  n->clock = KITH_CLOCK (kith_manual_clock_new (NOW_MS));
  n->desktop = fake_desktop_new (n->clock, TRUE, TRUE);
  n->monitor = g_object_new (monitor_get_type (), NULL);
  n->watch = kith_network_watch_new (n->desktop, G_NETWORK_MONITOR (n->monitor), SETTLE_MS);
}

static void
network_down (Network *n, gconstpointer data)
{
  g_clear_object (&n->watch);
  g_clear_object (&n->monitor);
  g_clear_object (&n->desktop);
  g_clear_object (&n->clock);
}

static void
change (Network *n, gboolean available)
{
  n->monitor->available = available;
  g_signal_emit_by_name (n->monitor, "network-changed", available);
}

static void
pass (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* Once, however many pieces of it come, and not before they are all there. */
static void
test_came_back (Network *n, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      change (n, TRUE);
      pass (SETTLE_MS / 4);
      g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 0);
    }
  pass (SETTLE_MS * 3);
  g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 1);
  change (n, TRUE);
  pass (SETTLE_MS * 3);
  g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 2);
}

/* Where it went, there is nothing to try; what Kith does by itself goes on. */
static void
test_went (Network *n, gconstpointer data)
{
  change (n, FALSE);
  pass (SETTLE_MS * 3);
  g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 0);
  change (n, TRUE);
  change (n, FALSE);
  pass (SETTLE_MS * 3);
  g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 0);
}

/* Kith is left while it settles. */
static void
test_left (Network *n, gconstpointer data)
{
  change (n, TRUE);
  g_clear_object (&n->watch);
  change (n, TRUE);
  pass (SETTLE_MS * 3);
  g_assert_cmpuint (fake_desktop_count_tries (n->desktop), ==, 0);
}

/* The system's own, whatever that is here: it is found without anybody waiting for it, and left again at once. */
static void
test_system (Network *n, gconstpointer data)
{
  KithNetworkWatch *watch = kith_network_watch_new (n->desktop, NULL, SETTLE_MS);

  pass (200);
  g_assert_finalize_object (watch);
  watch = kith_network_watch_new (n->desktop, NULL, SETTLE_MS);
  g_object_unref (watch);
  pass (100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_TO(name, func) g_test_add ("/desk/network-watch/" name, Network, NULL, network_up, func, network_down)
  ADD_TO ("came-back", test_came_back);
  ADD_TO ("went", test_went);
  ADD_TO ("left", test_left);
  ADD_TO ("system", test_system);
  return g_test_run ();
}
