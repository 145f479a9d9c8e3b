/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hub that has another address now. */

#include "desktop-fixture.h"

typedef struct
{
  Fixture *f;
  DirectHub moved, other; /* the same hub at another address; another hub, which knows an "ana" of its own */
} Places;

static KithTransport *
places_factory (const char *hub_url, gpointer data, GError **error)
{
  Places *places = data;

  if (g_str_has_suffix (hub_url, ":2"))
    return direct_transport_factory (hub_url, &places->moved, error);
  if (g_str_has_suffix (hub_url, ":3"))
    return direct_transport_factory (hub_url, &places->other, error);
  if (!g_str_has_suffix (hub_url, ":1"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no address");
      return NULL;
    }
  return direct_transport_factory (hub_url, &places->f->direct, error);
}

static gboolean
move (Fixture *f, const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean moved;

  kith_desktop_move_async (f->desktop, address, NULL, keep_cb, &result);
  AWAIT (result);
  moved = kith_desktop_finish (f->desktop, result, &error);
  g_assert_true (moved == (error == NULL));
  return moved;
}

static gboolean
has_trouble (Fixture *f)
{
  g_autofree char *trouble = NULL;

  g_object_get (f->desktop, "trouble", &trouble, NULL);
  return trouble != NULL;
}

/* The desk says why it is offline; another hub, or none, at the address that is typed changes nothing; the same hub there is taken, what waited arrives,
 * and after a restart it is the same store still. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  Places places = { .f = f };
  Network *strangers = network_new ();
  g_autofree char *first = network_add_staff (strangers, "zoe", strangers->a, "care_coordinator", NULL); /* both count ids from the same seed */
  g_autofree char *ana = network_add_staff (strangers, "ana", strangers->a, "care_coordinator", NULL);
  g_autofree char *hub = NULL, *login = NULL;
  g_autoptr (GAsyncResult) unlocked = NULL;
  gint64 before;
  guint waiting;

  g_rec_mutex_init (&places.moved.mutex);
  g_rec_mutex_init (&places.other.mutex);
  places.moved.hub = f->net->hub;
  places.other.hub = strangers->hub;
  set_password_at (f, strangers->hub, ana, "ana", PASSWORD); /* it lets her in: a name and a password do not make it the same hub */
  kith_desktop_set_transport_factory (f->desktop, places_factory, &places, NULL);
  sign_in (f);
  kith_test_until (get_uint (f, "waiting") == 0);
  before = hub_q (f);
  g_atomic_int_set (&f->direct.cut, 1); /* nobody is at the first address any more */
  g_free (register_client (f, "Mara", "Waiting"));
  kith_test_until (has_trouble (f));
  waiting = get_uint (f, "waiting");
  g_assert_cmpuint (waiting, ==, 1);

  g_assert_false (move (f, "http://127.0.0.1:3"));
  g_assert_false (move (f, "nowhere at all"));
  g_atomic_int_set (&places.moved.cut, 1);
  g_assert_false (move (f, "http://127.0.0.1:2"));
  g_assert_true (kith_desktop_has_store (f->desktop, NULL, &hub));
  g_assert_cmpstr (hub, ==, "http://127.0.0.1:1");
  g_assert_cmpuint (get_uint (f, "waiting"), ==, 1);

  g_atomic_int_set (&places.moved.cut, 0);
  g_assert_true (move (f, " http://127.0.0.1:2/ "));
  kith_test_until (hub_q (f) > before && get_uint (f, "waiting") == 0);
  g_clear_pointer (&hub, g_free);
  g_assert_true (kith_desktop_has_store (f->desktop, &login, &hub));
  g_assert_cmpstr (hub, ==, "http://127.0.0.1:2");

  close_desktop (f);
  open_desktop (f);
  kith_desktop_set_transport_factory (f->desktop, places_factory, &places, NULL);
  kith_desktop_unlock_async (f->desktop, PASSWORD, NULL, keep_cb, &unlocked);
  AWAIT (unlocked);
  g_assert_true (kith_desktop_finish (f->desktop, unlocked, NULL));
  g_clear_object (&unlocked);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
  before = hub_q (f);
  g_free (register_client (f, "Nora", "There"));
  kith_test_until (hub_q (f) > before);
  close_desktop (f);
  g_rec_mutex_clear (&places.moved.mutex);
  g_rec_mutex_clear (&places.other.mutex);
  network_free (strangers);
  open_desktop (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/moved/desk-follows", Fixture, NULL, set_up, test_moved, tear_down);
  return g_test_run ();
}
