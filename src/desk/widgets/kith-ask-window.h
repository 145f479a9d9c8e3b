/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Asks for what an operation wants to know and submits it. Its rows are the operation's own arguments, as far as they are not given: a
 * new argument needs no code here. What is missing or refused is said in the window, and nothing typed is lost. Signal "done". */
#define KITH_TYPE_ASK_WINDOW (kith_ask_window_get_type ())
G_DECLARE_FINAL_TYPE (KithAskWindow, kith_ask_window, KITH, ASK_WINDOW, AdwWindow)

/**
 * kith_ask_window_new:
 * @op: the operation
 * @done: what the toast says, with "Undo" where the operation can be undone
 * @given: (transfer full): the arguments that are not asked for; null: nothing is said of it either. An argument "id" that is none of them is made, an argument "number" taken, when it is submitted
 * @preset: (transfer full) (nullable): what the rows say at first
 */
GtkWidget *kith_ask_window_new (GtkWindow *parent, KithContext *context, const char *op, const char *title, const char *description, const char *verb,
                                const char *done, JsonObject *given, JsonObject *preset);
/* What the hub told with the answer, for who hears "done"; NULL: nothing. */
JsonObject *kith_ask_window_get_now (KithAskWindow *self);
/* What is typed survives Escape, a lock and a crash, and comes back when the same is asked again. scope: where it belongs ("client:ID", "case:ID"): the draft
 * goes when access to that goes. of: what else tells this question from another (a file's name), or NULL. Before it is shown. */
void kith_ask_window_keep_draft (KithAskWindow *self, const char *scope, const char *of);
/* Before that, of what is corrected: a draft tells what its author typed from what was there, which goes with access to it (I6) and is read anew when it comes back. */
void kith_ask_window_keep_was (KithAskWindow *self);
/* The REF argument arg is one of a short list: id and name of a query's rows. Without it no row asks for a REF. */
void kith_ask_window_add_pick (KithAskWindow *self, const char *arg, const char *query, const char *const *kinds, const char *input);
/* One of those who work on input, of a list; with nobody of them chosen it is for whoever asks, and the row says so. */
void kith_ask_window_add_colleagues (KithAskWindow *self, const char *arg, const char *query, const char *input);
/* The same where somebody has it: it stays with them (words; now: their id, NULL: nobody) unless one of the others or whoever asks is chosen. */
void kith_ask_window_add_others (KithAskWindow *self, const char *arg, const char *query, const char *input, const char *now, const char *words);
/* What to do when that list is empty, or holds nobody but who stands in it already: it is said before anything is typed, and again instead of saving. */
void kith_ask_window_say_if_none (KithAskWindow *self, const char *arg, const char *words);
/* The REF argument arg is searched for with suggest, a KithSuggest of rows (transfer floating); */
void kith_ask_window_add_search (KithAskWindow *self, const char *arg, GtkWidget *suggest);
/* among the clients. */
void kith_ask_window_add_client (KithAskWindow *self, const char *arg, const char *title);
void kith_ask_window_add_service (KithAskWindow *self, const char *arg, const char *title); /* among the services */
/* Another way: it closes the window and does action of widget. Where somebody is searched for it stands below that, and action gets what was typed and picked as
 * nobody ("s"); else it stands below the questions, and action may say its target ("page.go::place"). What was typed is kept. */
void kith_ask_window_add_way (KithAskWindow *self, const char *words, GtkWidget *widget, const char *action);
/* The same, below that list and only while it is empty. */
void kith_ask_window_add_way_if_none (KithAskWindow *self, const char *arg, const char *words, GtkWidget *widget, const char *action);

/* A switch above the questions: on, the members of when_on (transfer full) take the place of the arguments given; null: of that one nothing is asked then. Before
 * the draft is kept. */
void kith_ask_window_add_switch (KithAskWindow *self, const char *name, const char *title, const char *subtitle, gboolean on, JsonObject *when_on);

/* Below the questions: a widget that says something about what is chosen. func is called with it and the arguments as far as they are said, now and whenever they
 * change; it shows the widget or hides it. At most one. Before the draft is kept. */
typedef void (*KithAskNote) (GtkWidget *note, JsonObject *args);
void kith_ask_window_add_note (KithAskWindow *self, GtkWidget *note, KithAskNote func);

/* Typing begins at this argument instead of the first that nothing is said of. */
void kith_ask_window_begin_at (KithAskWindow *self, const char *arg);

/* Another way to submit what was collected (transfer full): the task whose result the callback gets returns a boolean; its source is the context. */
typedef void (*KithAskSubmit) (KithContext *context, JsonObject *args, gpointer data, GAsyncReadyCallback callback, gpointer user_data);
void kith_ask_window_set_submit (KithAskWindow *self, KithAskSubmit func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
