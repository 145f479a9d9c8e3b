/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* A form that takes the place of list and detail: a title, Cancel and a verb in the header, drafts in the encrypted store half a second
 * after the last key. Signal "done" (id or ""): submitted, or left; what was typed stays as a draft when left.
 * Actions form.commit and form.cancel. */
#define KITH_TYPE_FORM (kith_form_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithForm, kith_form, KITH, FORM, AdwBin)

struct _KithFormClass
{
  AdwBinClass parent_class;

  void (*commit) (KithForm *self);
  JsonObject *(*collect) (KithForm *self);             /* transfer full; NULL: nothing worth keeping */
  void (*restore) (KithForm *self, JsonObject *draft);
  gboolean (*leave) (KithForm *self);                  /* FALSE: it asks first, and calls kith_form_cancel() itself. NULL: no question */
};

void kith_form_set_up (KithForm *self, KithContext *context, const char *place, const char *draft_key, const char *scope, const char *title, const char *verb);
/* scope: where what is typed belongs ("client:ID"), so that a draft goes when access to it goes; NULL: nowhere yet. */
KithContext *kith_form_get_context (KithForm *self);
const char *kith_form_get_place (KithForm *self);
void kith_form_set_content (KithForm *self, GtkWidget *content);
void kith_form_set_first (KithForm *self, GtkWidget *widget);         /* a field of the content: where one begins to type; without it the first there is */
void kith_form_add_header_widget (KithForm *self, GtkWidget *widget); /* beside the verb */
void kith_form_fill (KithForm *self, JsonObject *content);            /* what is there already, by restore(), unless a draft was restored */
/* The same in several steps: between the two nothing counts as typed. FALSE: a draft was restored, and it stands; not to be ended. */
gboolean kith_form_begin_fill (KithForm *self);
void kith_form_end_fill (KithForm *self);
void kith_form_touch (KithForm *self);                                /* something was typed */
void kith_form_flush (KithForm *self);
void kith_form_drop_draft (KithForm *self);
void kith_form_begin_anew (KithForm *self);     /* it stays after it was saved: of what was no draft is left */
void kith_form_put_draft_away (KithForm *self); /* no word of it any more: it was taken up */
/* Saves: all steps or none, and the draft ends with them, whatever comes between, as a lock. The form is busy until then: on an error kith_form_refused () is
 * to be called. steps: (element-type KithStoreStep), transfer full. kith_context_submit_finish (). */
void kith_form_submit (KithForm *self, GPtrArray *steps, const char *done, GAsyncReadyCallback callback, gpointer user_data);
/* The same with one operation (args: transfer full; done, undo: as kith_context_submit() has them). */
void kith_form_submit_one (KithForm *self, const char *op, JsonObject *args, const char *done, gboolean undo, GAsyncReadyCallback callback, gpointer user_data);
void kith_form_refused (KithForm *self, KithContext *context, const GError *error); /* free again, and told there, or where somebody went meanwhile */
const char *kith_form_get_draft_key (KithForm *self);
void kith_form_cancel (KithForm *self);                               /* leaves it, with what was typed as a draft */
/* Somebody goes elsewhere: TRUE: they may. FALSE: they are asked; when they do leave, the action next ("win.go::inbox"; NULL: none) is done. */
gboolean kith_form_leave (KithForm *self, const char *next);
void kith_form_done (KithForm *self, const char *id);
void kith_form_set_title (KithForm *self, const char *title);
void kith_form_set_verb (KithForm *self, const char *verb); /* of the button in the header; NULL: nothing is left to do */
void kith_form_focus_verb (KithForm *self);                           /* to that button: what had the focus is gone */
void kith_form_set_busy (KithForm *self, gboolean busy);              /* being saved: no second Save, and no draft of what is saved */
gboolean kith_form_is_busy (KithForm *self);
void kith_form_tell (KithForm *self, const char *problem);            /* above the fields, read out at once; NULL: nothing wrong */

G_END_DECLS
