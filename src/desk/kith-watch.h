/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* A short list that a page wants whole: one record with its names joined, the events of a referral. func is called when all its rows have
 * arrived, and again when they say something else; never when they could not be read. Keep the watch as long as func may be called; dropping it ends that. */
#define KITH_TYPE_WATCH (kith_watch_get_type ())
G_DECLARE_FINAL_TYPE (KithWatch, kith_watch, KITH, WATCH, GObject)

typedef void (*KithWatchFunc) (GPtrArray *rows, gpointer user_data); /* (element-type KithRow) */

KithWatch *kith_watch_new (KithContext *context, const char *query, const char *const *kinds, const char *arg, KithWatchFunc func, gpointer user_data);
KithWatch *kith_watch_new_args (KithContext *context, const char *query, const char *const *kinds, const char *const *args, KithWatchFunc func,
                                gpointer user_data); /* for queries with several inputs */
void kith_watch_set_arg (KithWatch *self, const char *arg);
void kith_watch_set_args (KithWatch *self, const char *const *args); /* the same: nothing happens */
void kith_watch_set_limit (KithWatch *self, guint n);
guint kith_watch_get_total (KithWatch *self);

G_END_DECLS
