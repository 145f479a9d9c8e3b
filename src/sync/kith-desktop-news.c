/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the worker tells the main thread, which takes it over and tells the windows; and the lock, after which nothing of it shows. Nothing here blocks. */

#include "kith-desktop-private.h"

/* --- news from the worker --------------------------------------------------------------------------------------- */

typedef struct
{
  KithDesktop *desktop;
  KithDesktopView *view;
  char **kinds;
  char *op_id;
  int opened;
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  if (self->view != NULL)
    {
      g_clear_pointer (&self->view->actor, kith_actor_free);
      g_free (self->view->trouble);
      g_free (self->view->refind_trouble);
      g_free (self->view);
    }
  g_strfreev (self->kinds);
  g_free (self->op_id);
  g_object_unref (self->desktop);
  g_free (self);
}

static void
post (KithDesktop *self, GSourceFunc func, KithDesktopView *view, char **kinds, const char *op_id)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->desktop = g_object_ref (self);
  news->view = view;
  news->kinds = kinds;
  news->op_id = g_strdup (op_id);
  news->opened = self->opened;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, news, news_free);
  g_source_attach (source, self->main);
}

#define TAKE(self, member, value, prop) \
  G_STMT_START \
    { \
      if ((self)->member != (value)) \
        { \
          (self)->member = (value); \
          g_object_notify (G_OBJECT (self), prop); \
        } \
    } \
  G_STMT_END

static void
take_actor (KithDesktop *self, KithActor *actor)
{
  g_clear_pointer (&self->actor, kith_actor_free);
  self->actor = actor;
  g_object_notify (G_OBJECT (self), "user-name");
  g_object_notify (G_OBJECT (self), "agency-name");
}

/* Told by a session that was locked since: nothing of it may show. */
static gboolean
is_stale (const News *news)
{
  return news->opened != g_atomic_int_get (&news->desktop->locks);
}

static void
take_text (KithDesktop *self, char **member, char **told, const char *prop)
{
  if (g_strcmp0 (*member, *told) == 0)
    return;
  g_free (*member);
  *member = g_steal_pointer (told);
  g_object_notify (G_OBJECT (self), prop);
}

static void
take_view (KithDesktop *self, KithDesktopView *view)
{
  gint64 since = self->offline_since_ms;

  if (view->actor != NULL)
    take_actor (self, g_steal_pointer (&view->actor));
  since = view->online ? 0 : since != 0 ? since : kith_clock_wall_ms (self->clock);
  g_object_freeze_notify (G_OBJECT (self));
  TAKE (self, state, view->state, "sync-state");
  TAKE (self, waiting, view->waiting, "waiting");
  TAKE (self, attention, view->attention, "attention");
  TAKE (self, last_contact_ms, view->last_contact_ms, "last-contact");
  TAKE (self, filling, view->filling, "filling");
  TAKE (self, refound, view->refound, "refound");
  TAKE (self, offline_since_ms, since, "offline-since");
  TAKE (self, tried_ms, view->tried_ms, "tried");
  TAKE (self, next_ms, view->next_ms, "next-try");
  take_text (self, &self->trouble, &view->trouble, "trouble");
  take_text (self, &self->refind_trouble, &view->refind_trouble, "refind-trouble");
  TAKE (self, password_changed, view->password_changed, "password-changed");
  TAKE (self, closed, view->closed, "account-closed");
  TAKE (self, signed_in, view->state != KITH_SYNC_SIGN_IN, "signed-in");
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
view_cb (gpointer data)
{
  News *news = data;

  if (news->desktop->unlocked && !is_stale (news))
    take_view (news->desktop, news->view);
  return G_SOURCE_REMOVE;
}

static gboolean
changed_cb (gpointer data)
{
  News *news = data;

  if (news->desktop->unlocked && !is_stale (news))
    g_signal_emit_by_name (news->desktop, "changed", news->kinds);
  return G_SOURCE_REMOVE;
}

static gboolean
outcome_cb (gpointer data)
{
  News *news = data;

  if (news->desktop->unlocked && !is_stale (news))
    g_signal_emit_by_name (news->desktop, "outcome", news->op_id);
  return G_SOURCE_REMOVE;
}

static gboolean
opened_cb (gpointer data)
{
  static const char *const all[] = { NULL };
  News *news = data;
  KithDesktop *self = news->desktop;

  if (is_stale (news))
    return G_SOURCE_REMOVE;
  /* The lists that are there look again; those the windows make when they hear of it do not have to look twice. */
  self->openings++;
  g_clear_pointer (&self->damage, g_free);
  g_object_freeze_notify (G_OBJECT (self));
  TAKE (self, unlocked, TRUE, "unlocked");
  take_view (self, news->view);
  g_signal_emit_by_name (self, "changed", all);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

static gboolean
lease_over_cb (gpointer data)
{
  News *news = data;
  gboolean taken = FALSE;

  if (!news->desktop->unlocked || is_stale (news))
    return G_SOURCE_REMOVE;
  g_signal_emit_by_name (news->desktop, "lock-asked", &taken);
  if (!taken)
    kith_desktop_lock (news->desktop);
  return G_SOURCE_REMOVE;
}

void
kith_desktop_post_view (KithDesktop *self, KithDesktopView *view)
{
  post (self, view_cb, view, NULL, NULL);
}

void
kith_desktop_post_changed (KithDesktop *self, char **kinds)
{
  post (self, changed_cb, NULL, kinds, NULL);
}

/**
 * kith_desktop_post_outcome:
 *
 * On the worker: "outcome" is emitted in the main context.
 */
void
kith_desktop_post_outcome (KithDesktop *self, const char *op_id)
{
  post (self, outcome_cb, NULL, NULL, op_id);
}

/**
 * kith_desktop_post_opened:
 *
 * On the worker: the main side learns that a store is open, and all of @view with it.
 */
void
kith_desktop_post_opened (KithDesktop *self, KithDesktopView *view)
{
  post (self, opened_cb, view, NULL, NULL);
}

void
kith_desktop_post_lease_over (KithDesktop *self)
{
  post (self, lease_over_cb, NULL, NULL, NULL);
}

/* --- lock ------------------------------------------------------------------------------------------------------- */

/**
 * kith_desktop_lock:
 *
 * The windows are told at once; the worker closes the store and wipes the key as soon as it has finished what it does.
 */
void
kith_desktop_lock (KithDesktop *self)
{
  g_atomic_int_inc (&self->locks);
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, kith_desktop_close_job, self, NULL, NULL, NULL, NULL);
  g_object_freeze_notify (G_OBJECT (self));
  take_actor (self, NULL);
  TAKE (self, waiting, 0, "waiting");
  TAKE (self, attention, 0, "attention");
  TAKE (self, filling, FALSE, "filling");
  TAKE (self, refound, 100, "refound");
  take_text (self, &self->refind_trouble, &(char *) { NULL }, "refind-trouble");
  TAKE (self, unlocked, FALSE, "unlocked");
  TAKE (self, signed_in, FALSE, "signed-in");
  kith_reads_forget (self->reads);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * kith_desktop_close:
 *
 * Locks, and waits until all that was asked of the store before is done and it is closed: for the end of the program. It may take as long as what the
 * worker does at that moment.
 */
void
kith_desktop_close (KithDesktop *self)
{
  kith_desktop_lock (self);
  kith_db_thread_run (self->worker, kith_desktop_close_job, self, NULL);
}
