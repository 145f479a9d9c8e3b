/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What of the log is shown: a month, a kind of action, words of the person's or the client's name. */
typedef struct
{
  GStrv args;     /* of the query "audit-log", in its order */
  char *in_words; /* "November 2026", and what else narrows it; for the entry that says what was exported */
} KithLogFilter;
void kith_log_filter_clear (KithLogFilter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithLogFilter, kith_log_filter_clear)

GtkStringList *kith_log_filter_months (gint64 now_ms);  /* (transfer full): all, then this month and those before that a computer holds */
GtkStringList *kith_log_filter_actions (void);          /* (transfer full): all, then each of audit_action */
/* month, action: positions in the lists above. text: as typed. */
void kith_log_filter_make (KithLogFilter *self, const char *agency, gint64 now_ms, guint month, guint action, const char *text);

G_END_DECLS
