/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-pages.h"
#include "kith-papers.h"
#include "kith-print-window.h"
#include "kith-waiting-paper.h"
#include "kith-watch.h"
#include "widgets/kith-switch-row.h"

typedef enum { ASKED_CLIENT, ASKED_CONSENTS, ASKED_TEAM, ASKED_ENROLLED, ASKED_ALERTS, ASKED_CORRECTIONS, N_ASKED } Asked;
/* The same places of a record that is printed by itself. */
enum { ASKED_RECORD, ASKED_NEEDS, ASKED_REFERRALS, ASKED_RESOURCES, ASKED_ANSWERS, ASKED_CONTACT_FILES };
enum { ASKED_EVENTS = ASKED_NEEDS, ASKED_REFERRAL_ANSWERS, ASKED_REFERRAL_FILES, ASKED_REFERRAL_CONSENTS };
enum { ASKED_PLACES = ASKED_NEEDS, ASKED_OFFERED, ASKED_TAKER };

/* One paper, of rows as they were when it was chosen. Its words, and where they stand, which takes long where there are many, are made in a thread of their own
 * (kith-print-layout.c); whoever prints is told when that is done. */
typedef struct _KithPrintJob KithPrintJob;

/* One of what only the whole record says. */
typedef struct
{
  KithPrintWindow *window;
  KithWatch *watch; /* NULL: that paper was not chosen yet */
  GPtrArray *rows;  /* (element-type KithRow) as this person may read them; NULL: not here yet */
} KithPrintPart;

/* One of the lists of who waits. */
typedef struct
{
  KithPrintWindow *window;
  char *title;
  gboolean waits;  /* all in it wait */
  KithWatch *watch;
  GPtrArray *rows; /* (element-type KithRow); NULL: not here yet */
} KithPrintWaiting;

/* One more service of a hand-out. */
typedef struct
{
  KithPrintWindow *window;
  KithWatch *service_watch, *places_watch;
  GPtrArray *service, *places; /* (element-type KithRow); NULL: not here yet */
} KithPrintMore;

struct _KithPrintWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *client;      /* whose papers; NULL: a record's */
  char *kind, *id;   /* the record: "contact", "referral", or "service" or "organization": a hand-out; "waiting": lists, and id is the queue's name, or NULL */
  GPtrArray *waiting; /* (element-type KithPrintWaiting); NULL: no lists are printed */
  guint chosen;      /* of them: what the first choice prints */
  gboolean sure;     /* that so many people are to be on it */
  GHashTable *named; /* (element-type utf8) the referrals the hub was asked for last: the paper has no others; NULL: it was not asked yet */
  KithSwitchRow *names;  /* nobody's name is on it */
  GPtrArray *more;   /* (element-type KithPrintMore) further services of a hand-out; NULL: none */
  char *about;       /* the client who takes a hand-out along; NULL: nobody in particular */
  guint n_asked;
  char *asked_for, *allowed_for; /* what is made of which paper: asked last; noted, and allowed. NULL: nothing yet */
  gboolean asking;   /* the hub, at present */
  gboolean untold;   /* it was allowed here; the hub could not be asked */
  AdwComboRow *paper, *language, *consent;
  GPtrArray *consents; /* (element-type KithRow) those that can be chosen; NULL: not here yet */
  gboolean filling;    /* nobody chooses a consent: the choices are made anew */
  gboolean picked;     /* somebody chose one: it stays chosen */
  KithSwitchRow *notes;    /* what was written in the cases goes along */
  GtkLabel *problem, *about_paper;
  GtkWidget *print_button, *save_button, *language_key;
  gboolean entered;  /* the focus was given once there was something to print */
  GtkFileChooserNative *chooser;
  gboolean checking, check_again;    /* whether there is a font for every letter */
  gboolean exporting;
  GtkPrintOperation *running;            /* not owned; while a printer is chosen and pages are drawn */
  GPtrArray *languages;              /* (element-type utf8) codes of the rows */
  KithWatch *watches[N_ASKED];
  GPtrArray *rows[N_ASKED];          /* (element-type KithRow); NULL: not here yet */
  KithPrintPart parts[KITH_N_PARTS];
  KithPrintJob *job;                     /* as it was chosen last; NULL: something has changed since */
  KithWatch *links_watch;
  GPtrArray *links;                      /* (element-type KithRow) linked records, of which there are lines on it; NULL: not here yet */
};

static inline gboolean
is_contact (KithPrintWindow *self)
{
  return g_strcmp0 (self->kind, "contact") == 0;
}

/* Of an agency as a whole. */
static inline gboolean
is_agency (KithPrintWindow *self)
{
  return g_strcmp0 (self->kind, "organization") == 0;
}

static inline gboolean
is_handout (KithPrintWindow *self)
{
  return g_strcmp0 (self->kind, "service") == 0 || is_agency (self);
}

static inline gboolean
is_waiting (KithPrintWindow *self)
{
  return self->waiting != NULL;
}

static inline KithPaper
chosen_paper (KithPrintWindow *self)
{
  return (KithPaper) adw_combo_row_get_selected (self->paper);
}

static inline gboolean
is_whole (KithPrintWindow *self)
{
  return self->client && chosen_paper (self) == KITH_PAPER_RECORD;
}

/* U10 */
static inline gboolean
hides_health (KithPrintWindow *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return !(actor && actor->health);
}

/* NULL: its record is not on this computer */
static inline KithRow *
client_row (KithPrintWindow *self)
{
  return self->rows[ASKED_CLIENT] && self->rows[ASKED_CLIENT]->len > 0 ? self->rows[ASKED_CLIENT]->pdata[0] : NULL;
}

typedef struct
{
  double width, height, left, top; /* points: what the margins leave, and where that begins */
  double paper_width, paper_height;
} KithPrintSize;

/* kith-print-window.c */
void kith_print_window_fill_languages (KithPrintWindow *self);
gboolean kith_print_window_ready (KithPrintWindow *self); /* what it prints was read */
const char *kith_print_window_title (KithPrintWindow *self); /* of the paper; translated */
void kith_print_window_note (KithPrintWindow *self, const char *what);
void kith_print_window_tell (KithPrintWindow *self, const char *words); /* what is wrong; NULL: nothing */
void kith_print_window_tell_as (KithPrintWindow *self, const char *words, gboolean wrong);
void kith_print_window_set_asking (KithPrintWindow *self, gboolean asking);
gboolean kith_print_window_is_allowed (KithPrintWindow *self, const char *what);
gboolean kith_print_window_may_print (KithPrintWindow *self, const char *action);

/* kith-print-window-parts.c */
void kith_print_window_ask_parts (KithPrintWindow *self);
gboolean kith_print_window_has_parts (KithPrintWindow *self); /* those that the paper chosen has were read */
void kith_print_window_list_parts (KithPrintWindow *self, GPtrArray **parts);
void kith_print_window_forget_parts (KithPrintWindow *self);
const char *kith_print_window_detail (KithPrintWindow *self); /* which paper, as the log has it */
void kith_print_window_note_parts (KithPrintWindow *self);
void kith_print_window_forget_unreadable (KithPrintWindow *self);

/* kith-print-window-more.c */
void kith_print_window_list_more (KithPrintWindow *self, guint n); /* so many are waited for, whichever is read first */
void kith_print_window_ask_more (KithPrintWindow *self, GPtrArray *ids); /* all but the first, once they are listed */
gboolean kith_print_window_has_more (KithPrintWindow *self); /* they were read */

/* kith-print-window-waiting.c */
gboolean kith_print_window_has_waiting (KithPrintWindow *self); /* the lists were read */
gboolean kith_print_window_names_nobody (KithPrintWindow *self); /* there is nobody to ask for: the paper says so */
JsonObject *kith_print_window_waiting_args (KithPrintWindow *self, const char *what); /* of referral.print_list; transfer full */
char *kith_print_window_waiting_choice (KithPrintWindow *self); /* transfer full */
void kith_print_window_fill_waiting (KithPrintWindow *self, KithWaitingFacts *facts);
gboolean kith_print_window_only_waits (KithPrintWindow *self); /* all on the paper wait: it is a waiting list, else one of referrals */
char *kith_print_window_waiting_name (KithPrintWindow *self);  /* of the file: the list and the day. Yours */
gboolean kith_print_window_is_sure (KithPrintWindow *self, const char *action); /* FALSE: it is asked, and the action is done again when it is */

/* kith-print-window-make.c */
void kith_print_window_check_fonts (KithPrintWindow *self);
void kith_print_window_print (GtkWidget *widget, const char *name, GVariant *target);
char *kith_print_window_file_name (KithPrintWindow *self);
void kith_print_window_save (GtkWidget *widget, const char *name, GVariant *target);

/* Which consent its form is of, where there are several (kith-print-job.c). */
void kith_print_window_show_consents (KithPrintWindow *self);
KithPrintJob *kith_print_window_get_job (KithPrintWindow *self); /* transfer full */
KithPrintJob *kith_print_job_ref (KithPrintJob *job);
void kith_print_job_unref (gpointer job);
void kith_print_job_begin (KithPrintJob *job);
void kith_print_job_end (KithPrintJob *job);
KithPages *kith_print_job_get_sheet (KithPrintJob *job); /* NULL: it was not begun yet */
guint kith_print_job_get_pages (KithPrintJob *job);      /* 0: not laid out yet */
void kith_print_job_set_pages (KithPrintJob *job, guint pages);
GtkPageSetup *kith_print_setup_new (void);
/* kith-print-layout.c. size: NULL: it is no matter how it stands, as long as it does: which letters there is no font for is known then. pdf: written there; NULL: it is
 * laid out alone. */
void kith_print_job_lay_out_async (KithPrintJob *job, const KithPrintSize *size, const char *pdf, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_print_job_lay_out_finish (GAsyncResult *result, guint *n_lost, GError **error);
GtkPrintOperation *kith_print_operation_new (KithPrintWindow *self);
