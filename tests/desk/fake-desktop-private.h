/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-desktop.h"
#include "kith-desktop-reads.h"

struct _KithDesktop
{
  GObject parent_instance;
  KithClock *clock;
  JsonObject *data;        /* query name to rows */
  gboolean filling;
  int to_refind; /* percent */
  char *refind_trouble;
  GHashTable *drafts;      /* key to JsonObject */
  GPtrArray *submitted;    /* {"op", "args"} */
  KithActor actor;
  KithWorld *world;
  KithReads *reads;
  char *refuse, *denied_client;
  char *kept, *late; /* late: the argument that lists wait with */
  gboolean full; /* drafts cannot be written */
  gboolean has_store, unlocked, empty, unreadable, password_changed, account_closed, computer_revoked;
  gint64 unlock_wait;
  int state;
  guint waiting, attention, undone, next_number, tries, n_listed;
  const char *last_undone; /* interned */
  const char *sent; /* it is too late to undo that one */
  gint64 last_contact, offline_since;
};

void fake_row_blank (KithRow *self); /* no more of it is known than the id, */
void fake_row_fill (KithRow *self);  /* until then */
JsonArray *fake_referral_rows (KithDesktop *self, const char *query); /* those of any query; of a referral with what its timeline says */
gboolean fake_desktop_holds (KithDesktop *self, GTask *task); /* TRUE: its answer comes later */
void fake_drafts_end (KithDesktop *self, const char *key, const char *op_id); /* op_id: of what may be undone, or NULL */
char *fake_drafts_put_back (KithDesktop *self, const char *op_id); /* its key, "": nothing was typed; yours */
void fake_desktop_carry_out (KithDesktop *self, const char *op, JsonObject *args);
gboolean fake_desktop_answer_unreadable (KithDesktop *self, GTask *task); /* the same, of what reads */
gboolean fake_desktop_answer_locked (KithDesktop *self, GTask *task); /* TRUE: it is, and the task has its answer */
