/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-announcer.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"

#define EVERY_SECONDS 30
#define NUMBERS 3 /* so many are written out */
#define MOST 50   /* the query "notices-new" gives no more than the newest of them */

typedef enum
{
  GROUP_REFERRAL,
  GROUP_WAITING,
  GROUP_ANSWER,
  GROUP_NEWS,
  GROUP_WORK,
  GROUP_TASK,
  N_GROUPS
} Group;

/* Which notices are worth a word at once; all others, and those that were there before, wait on My Day, which every kind of account has. */
static const struct
{
  const char *id, *page;
  const char *types[8];
} groups[] = {
  [GROUP_REFERRAL] = { "referral", "inbox", { "sent", "assigned" } },
  [GROUP_WAITING] = { "waiting", "inbox", { "due", "overdue", "check_in", "decline_proposed", "decline_sent_back" } },
  [GROUP_ANSWER] = { "answer", "sent", { "accepted", "declined", "closed", "expired", "more_time", "unanswered" } },
  [GROUP_NEWS] = { "news", "today", { "note", "recalled", "rerouted", "went_elsewhere", "reopened", "voided", "no_place" } }, /* of one sent or received: My Day knows which */
  [GROUP_WORK] = { "work", "today", { "client_assigned", "case_assigned" } },
  [GROUP_TASK] = { "task", "today", { NULL } },
};

struct _KithAnnouncer
{
  GObject parent_instance;
  KithContext *context;
  KithAnnouncerShows shows;
  gpointer user_data;
  KithWatch *notice_watch, *task_watch;
  GPtrArray *tasks;         /* (element-type KithRow): what is to be done, of which some will be reminded of */
  GHashTable *known;        /* ids of what was there, seen or announced */
  GPtrArray *open[N_GROUPS]; /* (element-type Item): what a notification that stands is about */
  gboolean began_notices, began_tasks;
  char *floor;              /* when the oldest was that a full list showed: older ones come up as others are read, and are no news; NULL: all were shown */
  guint timer;
};

typedef struct
{
  char *number, *record;
} Item;

G_DEFINE_FINAL_TYPE (KithAnnouncer, kith_announcer, G_TYPE_OBJECT)

enum
{
  SIGNAL_ANNOUNCE,
  SIGNAL_WITHDRAW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->number);
  g_free (item->record);
  g_free (item);
}

static int
group_of (const char *type)
{
  for (guint i = 0; type && i < N_GROUPS; i++)
    if (g_strv_contains (groups[i].types, type))
      return (int) i;
  return -1;
}

static char *
title_of (Group group,
          guint n)
{
  switch (group)
    {
    case GROUP_REFERRAL:
      return g_strdup_printf (ngettext ("%u new referral", "%u new referrals", n), n);
    case GROUP_WAITING:
      return g_strdup_printf (ngettext ("%u referral waits for your answer", "%u referrals wait for your answer", n), n);
    case GROUP_ANSWER:
      return g_strdup_printf (ngettext ("News of %u referral you sent", "News of %u referrals you sent", n), n);
    case GROUP_NEWS:
      return g_strdup_printf (ngettext ("News of %u referral", "News of %u referrals", n), n);
    case GROUP_WORK:
      return g_strdup_printf (ngettext ("%u record assigned to you", "%u records assigned to you", n), n);
    case GROUP_TASK:
    case N_GROUPS:
    default:
      return g_strdup_printf (ngettext ("%u task to remember", "%u tasks to remember", n), n);
    }
}

/* The numbers of the records, and nothing else (C17). NULL: none has one. */
static char *
body_of (GPtrArray *items)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    if (((Item *) items->pdata[i])->number)
      {
        if (n++ < NUMBERS)
          g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", ((Item *) items->pdata[i])->number);
      }
  if (n > NUMBERS)
    g_string_append (text, " …");
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
announce (KithAnnouncer *self,
          Group          group)
{
  GPtrArray *items = self->open[group];
  Item *only = items->len == 1 ? items->pdata[0] : NULL;
  g_autofree char *title = title_of (group, items->len);
  g_autofree char *body = body_of (items);
  g_autofree char *place = only && only->record && !g_str_equal (groups[group].page, "today") ? g_strconcat (groups[group].page, "/", only->record, NULL) : g_strdup (groups[group].page);

  g_signal_emit (self, signals[SIGNAL_ANNOUNCE], 0, groups[group].id, title, body, place);
}

/* Once for each thing. FALSE: it is known, or before the person's eyes. */
static gboolean
add (KithAnnouncer *self,
     Group          group,
     const char    *id,
     const char    *number,
     const char    *record,
     gboolean       quietly)
{
  Item *item;

  if (!g_hash_table_add (self->known, g_strdup (id)) || quietly || self->shows (self->user_data, groups[group].page))
    return FALSE;
  item = g_new0 (Item, 1);
  item->number = g_strdup (number);
  item->record = g_strdup (record);
  g_ptr_array_add (self->open[group], item);
  return TRUE;
}

/* Those not read yet. The first time all of them were there before. */
static void
notices_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithAnnouncer *self = user_data;
  gboolean more[N_GROUPS] = { FALSE };
  const char *oldest = rows->len >= MOST ? kith_row_get_text (rows->pdata[rows->len - 1], "at") : NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      int group = group_of (kith_row_get_text (row, "type"));
      gboolean old = !self->began_notices || (self->floor && g_strcmp0 (kith_row_get_text (row, "at"), self->floor) < 0);

      if (group >= 0)
        more[group] |= add (self, (Group) group, kith_row_get_id (row), kith_row_get_text (row, "number"), kith_row_get_text (row, "referral"), old);
    }
  self->began_notices = TRUE;
  /* What comes later may be older: somebody wrote it where there was no network. Once all are shown, all are known. */
  if (!oldest || g_strcmp0 (oldest, self->floor) > 0)
    {
      g_free (self->floor);
      self->floor = g_strdup (oldest);
    }
  for (guint i = 0; i < N_GROUPS; i++)
    if (more[i])
      announce (self, (Group) i);
}

static gboolean
is_due (KithRow *row,
        gint64   now)
{
  gint64 remind, snoozed;

  return kith_time_parse (kith_row_get_text (row, "remind_at"), &remind) && remind <= now &&
         (!kith_time_parse (kith_row_get_text (row, "snoozed_until"), &snoozed) || snoozed <= now);
}

static void
check_tasks (KithAnnouncer *self,
             gboolean       quietly)
{
  gint64 now = kith_context_get_now (self->context);
  gboolean more = FALSE;

  for (guint i = 0; i < self->tasks->len; i++)
    {
      KithRow *row = self->tasks->pdata[i];
      const char *snoozed = kith_row_get_text (row, "snoozed_until"), *number = kith_row_get_text (row, "case_number");
      g_autofree char *key = g_strconcat (kith_row_get_id (row), "@", kith_row_get_text (row, "remind_at"), snoozed ? "@" : NULL, snoozed, NULL);

      if (is_due (row, now)) /* put off, or given another time, it is one more reminder */
        more |= add (self, GROUP_TASK, key, number ? number : kith_row_get_text (row, "referral_number"), NULL, quietly);
    }
  if (more)
    announce (self, GROUP_TASK);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAnnouncer *self = user_data;
  gboolean first = !self->began_tasks;

  g_ptr_array_set_size (self->tasks, 0);
  for (guint i = 0; i < rows->len; i++)
    if (kith_row_get_text (rows->pdata[i], "remind_at"))
      g_ptr_array_add (self->tasks, g_object_ref (rows->pdata[i]));
  self->began_tasks = TRUE;
  check_tasks (self, first);
}

void
kith_announcer_check (KithAnnouncer *self)
{
  if (self->began_tasks)
    check_tasks (self, FALSE);
}

static gboolean
timer_cb (gpointer user_data)
{
  kith_announcer_check (user_data);
  return G_SOURCE_CONTINUE;
}

void
kith_announcer_seen (KithAnnouncer *self)
{
  for (guint i = 0; i < N_GROUPS; i++)
    if (self->open[i]->len > 0)
      {
        g_ptr_array_set_size (self->open[i], 0);
        g_signal_emit (self, signals[SIGNAL_WITHDRAW], 0, groups[i].id);
      }
}

static void
look (KithAnnouncer *self)
{
  static const char *const of_notices[] = { "notice", NULL };
  static const char *const of_tasks[] = { "task", NULL };
  const char *user = kith_context_get_user (self->context);

  g_clear_object (&self->notice_watch);
  g_clear_object (&self->task_watch);
  self->began_notices = self->began_tasks = FALSE;
  if (!*user)
    return;
  self->notice_watch = kith_watch_new (self->context, "notices-new", of_notices, user, notices_cb, self);
  self->task_watch = kith_watch_new (self->context, "tasks-mine", of_tasks, user, tasks_cb, self);
}

static void
kith_announcer_dispose (GObject *object)
{
  KithAnnouncer *self = KITH_ANNOUNCER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->notice_watch);
  g_clear_object (&self->task_watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_announcer_parent_class)->dispose (object);
}

static void
kith_announcer_finalize (GObject *object)
{
  KithAnnouncer *self = KITH_ANNOUNCER (object);

  g_ptr_array_unref (self->tasks);
  g_hash_table_unref (self->known);
  g_free (self->floor);
  for (guint i = 0; i < N_GROUPS; i++)
    g_ptr_array_unref (self->open[i]);
  G_OBJECT_CLASS (kith_announcer_parent_class)->finalize (object);
}

static void
kith_announcer_class_init (KithAnnouncerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_announcer_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_announcer_finalize;
  signals[SIGNAL_ANNOUNCE] = g_signal_new ("announce", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_WITHDRAW] = g_signal_new ("withdraw", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kith_announcer_init (KithAnnouncer *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < N_GROUPS; i++)
    self->open[i] = g_ptr_array_new_with_free_func (item_free);
}

/**
 * kith_announcer_new:
 * @shows: asked on the main thread before something is announced
 * @user_data: borrowed: must outlive the announcer
 *
 * Looks at once and every half minute. What is there when it begins is not announced.
 *
 * Returns: (transfer full): the announcer
 */
KithAnnouncer *
kith_announcer_new (KithContext       *context,
                    KithAnnouncerShows shows,
                    gpointer           user_data)
{
  KithAnnouncer *self = g_object_new (KITH_TYPE_ANNOUNCER, NULL);

  self->context = g_object_ref (context);
  self->shows = shows;
  self->user_data = user_data;
  self->timer = g_timeout_add_seconds (EVERY_SECONDS, timer_cb, self);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}
