/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-context.h"

#include <glib/gi18n.h>

#include "kith-context-day.h"
#include "kith-id.h"
#include "kith-watch.h"

#define AUDIT_AGAIN_US (30 * 60 * G_USEC_PER_SEC)

struct _KithContext
{
  GObject parent_instance;
  KithDesktop *desktop;
  KithClock *clock;
  KithRandom *random;
  GSettings *settings;
  char *agency, *user, *rights; /* as last told */
  guint needing;       /* as Needs Attention shows it */
  gboolean needing_known;
  KithWatch *zone_watch;
  GTimeZone *zone;     /* that the agency says; NULL: none that is known here */
  GHashTable *noted;   /* who opened what since it was unlocked → when (mono µs) it was noted */
};

G_DEFINE_FINAL_TYPE (KithContext, kith_context, G_TYPE_OBJECT)

enum
{
  SIGNAL_TOAST,
  SIGNAL_PROBLEM,
  SIGNAL_ACTOR_CHANGED,
  SIGNAL_NEEDING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kith_context_finalize (GObject *object)
{
  KithContext *self = KITH_CONTEXT (object);

  g_clear_object (&self->zone_watch);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->desktop);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  kith_random_free (self->random);
  g_hash_table_unref (self->noted);
  g_free (self->agency);
  g_free (self->user);
  g_free (self->rights);
  G_OBJECT_CLASS (kith_context_parent_class)->finalize (object);
}

static void
kith_context_class_init (KithContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_context_finalize;

  signals[SIGNAL_TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_ACTOR_CHANGED] = g_signal_new ("actor-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 0);
  signals[SIGNAL_NEEDING_CHANGED] = g_signal_new ("needing-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);
}

static void
kith_context_init (KithContext *self)
{
  self->random = kith_random_new_system ();
  self->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->settings = g_settings_new ("org.kith.Kith");
}

static void
zone_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithContext *self = user_data;
  const char *name = rows->len > 0 ? kith_row_get_text (rows->pdata[0], "time_zone") : NULL;

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = name ? g_time_zone_new_identifier (name) : NULL;
}

static void
follow_agency (KithContext *self,
               const char  *agency)
{
  static const char *const kinds[] = { "agency_settings", "organization", NULL };

  g_free (self->agency);
  self->agency = g_strdup (agency);
  g_clear_object (&self->zone_watch);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (*self->agency)
    self->zone_watch = kith_watch_new (self, "agency-zone", kinds, self->agency, zone_cb, self);
}

static void
look_at_actor (KithContext *self)
{
  const char *agency = kith_context_get_agency (self), *user = kith_context_get_user (self);
  const KithActor *actor = kith_desktop_get_actor (self->desktop);
  g_autofree char *rights = actor ? g_strdup_printf ("%d:%d:%d:%u", (int) actor->level, actor->health, actor->edits_capacity, (guint) actor->duties) : NULL;

  if (g_strcmp0 (agency, self->agency) == 0 && g_strcmp0 (user, self->user) == 0 && g_strcmp0 (rights, self->rights) == 0)
    return;
  g_free (self->rights);
  self->rights = g_steal_pointer (&rights); /* what the pages offer follows these (U23) */
  g_free (self->user);
  self->user = g_strdup (user);
  if (g_strcmp0 (agency, self->agency) != 0)
    follow_agency (self, agency);
  g_signal_emit (self, signals[SIGNAL_ACTOR_CHANGED], 0);
}

/* Locked, or somebody signs in: what waited was theirs who was here before, and whoever opens a record now has it noted anew (C13). */
static void
forget_person (KithContext *self)
{
  self->needing_known = FALSE;
  g_hash_table_remove_all (self->noted);
}

/**
 * kith_context_new:
 *
 * Holds both as long as it lives, with the settings of this person on this computer.
 *
 * Returns: (transfer full): the context, of the main thread
 */
KithContext *
kith_context_new (KithDesktop *desktop,
                  KithClock   *clock)
{
  KithContext *self = g_object_new (KITH_TYPE_CONTEXT, NULL);

  self->desktop = g_object_ref (desktop);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (desktop, "changed", G_CALLBACK (look_at_actor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::agency-name", G_CALLBACK (look_at_actor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::user-name", G_CALLBACK (look_at_actor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::unlocked", G_CALLBACK (forget_person), self, G_CONNECT_SWAPPED);
  look_at_actor (self);
  return self;
}

/**
 * kith_context_get_desktop:
 *
 * Returns: (transfer none): lists, jobs and search
 */
KithDesktop *
kith_context_get_desktop (KithContext *self)
{
  return self->desktop;
}

/**
 * kith_context_get_clock:
 *
 * Returns: (transfer none): for times that are shown and for waiting; what is stored gets its time from the store
 */
KithClock *
kith_context_get_clock (KithContext *self)
{
  return self->clock;
}

gint64
kith_context_get_now (KithContext *self)
{
  return kith_clock_wall_ms (self->clock);
}

/**
 * kith_context_get_day_now:
 *
 * A computer may be set to another zone than its agency, by whose clock operations judge a day (kith_op_check_day()): "today" in a form is the agency's.
 *
 * Returns: wall ms whose day and hour on this computer's clock are those of the agency's now; without a zone, now. Never for what is compared with a moment
 */
gint64
kith_context_get_day_now (KithContext *self)
{
  gint64 now_ms = kith_context_get_now (self);
  g_autoptr (GDateTime) utc = self->zone ? g_date_time_new_from_unix_utc (now_ms / 1000) : NULL, there = utc ? g_date_time_to_timezone (utc, self->zone) : NULL, here = NULL;

  if (!there)
    return now_ms;
  here = g_date_time_new_local (g_date_time_get_year (there), g_date_time_get_month (there), g_date_time_get_day_of_month (there), g_date_time_get_hour (there), g_date_time_get_minute (there), 0);
  return here ? g_date_time_to_unix (here) * 1000 : now_ms;
}

const char *
kith_context_get_agency (KithContext *self)
{
  const KithActor *actor = kith_desktop_get_actor (self->desktop);

  return actor && actor->agency ? actor->agency : "";
}

const char *
kith_context_get_side (KithContext *self)
{
  const KithActor *actor = kith_desktop_get_actor (self->desktop);
  const char *side = actor ? kith_actor_side (actor) : NULL;

  return side ? side : "";
}

const char *
kith_context_get_user (KithContext *self)
{
  const KithActor *actor = kith_desktop_get_actor (self->desktop);

  return actor && actor->user ? actor->user : "";
}

GSettings *
kith_context_get_settings (KithContext *self)
{
  return self->settings;
}

guint
kith_context_get_idle_limit (KithContext *self)
{
  const KithActor *actor = kith_desktop_get_actor (self->desktop);

  return actor && actor->lock_minutes > 0 ? MIN (KITH_IDLE_MOST, actor->lock_minutes) : KITH_IDLE_MOST;
}

gboolean
kith_context_has_idle_limit (KithContext *self)
{
  const KithActor *actor = kith_desktop_get_actor (self->desktop);

  return actor && actor->lock_minutes > 0;
}

char *
kith_context_new_id (KithContext *self)
{
  return kith_id_new (self->clock, self->random);
}

/**
 * kith_context_list:
 * @query: of data/sql/store/queries
 * @kinds: (array zero-terminated=1): when rows of one of them change, the list is read again; copied
 * @arg: (nullable): the query's one input
 *
 * Returns: (transfer full): a model of KithRow; its pages are read when somebody looks
 */
KithListModel *
kith_context_list (KithContext       *self,
                   const char        *query,
                   const char *const *kinds,
                   const char        *arg)
{
  const char *args[] = { arg, NULL };

  return kith_list_model_new (self->desktop, query, kinds, args);
}

guint
kith_context_get_needing (KithContext *self)
{
  guint n = self->needing;

  if (!self->needing_known)
    g_object_get (self->desktop, "attention", &n, NULL);
  return n;
}

void
kith_context_set_needing (KithContext *self,
                          guint        n)
{
  if (self->needing_known && self->needing == n)
    return;
  self->needing = n;
  self->needing_known = TRUE;
  g_signal_emit (self, signals[SIGNAL_NEEDING_CHANGED], 0);
}

/**
 * kith_context_toast:
 * @text: said and gone: nothing that somebody must read belongs there
 */
void
kith_context_toast (KithContext *self,
                    const char  *text)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, text, NULL);
}

void
kith_context_toast_undo (KithContext *self,
                         const char  *text,
                         const char  *op_id)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, text, op_id);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  KithContext *self = KITH_CONTEXT (source);
  g_autofree char *key = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_context_submit_finish (self, result, &error))
    return;
  /* Nothing a person could do about it: the account is closed, Kith was locked, the disk is full. The next time it is noted. */
  g_message ("an audit entry was not taken: %s", error->message);
  if (key)
    g_hash_table_remove (self->noted, key);
}

/* Looking again and again at one record in one conversation is one reading of it, of one person. Returns: (transfer full): what it is remembered by until
 * it was refused; NULL: it was noted */
static char *
begin_to_note (KithContext *self,
               const char  *client,
               const char  *kind,
               const char  *record)
{
  g_autofree char *key = g_strjoin ("/", kith_context_get_user (self), kind ? kind : "", record ? record : client ? client : "", NULL);
  gint64 now = g_get_monotonic_time (), *when = g_hash_table_lookup (self->noted, key);

  if (when && now - *when < AUDIT_AGAIN_US)
    return NULL;
  if (g_hash_table_size (self->noted) > 1000)
    g_hash_table_remove_all (self->noted);
  g_hash_table_replace (self->noted, g_strdup (key), g_memdup2 (&now, sizeof now));
  return g_steal_pointer (&key);
}

void
kith_context_audit (KithContext *self,
                    const char  *what,
                    const char  *client,
                    const char  *kind,
                    const char  *record,
                    const char  *detail)
{
  gboolean opened = g_str_equal (what, "opened");
  char *key = opened ? begin_to_note (self, client, kind, record) : NULL;

  if (opened && !key)
    return;
  kith_context_submit (self, "audit.record", kith_json_new ("what", "s", what, "client", "s", client, "t", "s", kind, "record", "s", record,
                                                            "detail", "s", detail, NULL),
                       NULL, FALSE, noted_cb, key);
}

/**
 * kith_context_problem:
 * @error: (nullable): its message is shown; one that says "cancelled" is not told at all
 */
void
kith_context_problem (KithContext  *self,
                      const char   *title,
                      const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, title, error ? error->message : "");
}
