/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-import-form.h"

#include "kith-import-maybes.h"
#include "kith-import-read.h"
#include "kith-store-import.h"
#include "kith-watch.h"
#include "widgets/kith-switch-row.h"

G_BEGIN_DECLS

#define KITH_IMPORT_DRAFT "import:file" /* its key */

struct _KithImportForm
{
  KithForm parent_instance;
  GtkStack *stack;
  GtkWidget *choose_button, *back_button, *undo_button, *save_maybe;
  AdwPreferencesGroup *jobs, *columns, *bad_group, *remark_group;
  AdwComboRow *dates;
  AdwEntryRow *source;
  GtkProgressBar *progress;
  GtkLabel *progress_title, *progress_text, *result_text;
  AdwActionRow *fresh_row, *same_row, *maybe_row, *joined_row, *skipped_row, *way_row, *taken_row, *undone_row, *bad_row, *remark_row, *filled_row;
  KithSwitchRow *fill_row;
  AdwBin *maybes_place;
  KithImportMaybes *maybes;

  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
  KithImportFile *file;
  GPtrArray *targets;  /* (element-type utf8): fields a column can fill, in the order of the menus */
  GPtrArray *rows;     /* one KithPickRow for each column */
  char *id;            /* of the import that is shown, or NULL */
  char *date_words;    /* how its birth dates were read, sentences, or NULL */
  KithWatch *bad_watch, *remark_watch, *jobs_watch;
  GPtrArray *bad_rows, *remark_rows, *job_rows;
  gboolean looking;
  char *state;
  KithImportTally tally; /* as of when it was last looked at */
  JsonObject *draft;   /* what was chosen for the file that is being opened; NULL: nothing */
};

void kith_import_form_show (KithImportForm *self, const char *page, const char *verb);

/* kith-import-columns.c: which column is which */
void kith_import_form_fill_columns (KithImportForm *self);
void kith_import_form_list_dates (KithImportForm *self);
const char *kith_import_form_name_dates (const char *format);
char *kith_import_form_date_words (KithImportForm *self, const char *format, gboolean both);
char *kith_import_form_print_map (KithImportForm *self);
JsonObject *kith_import_form_collect (KithForm *form);
void kith_import_form_restore (KithForm *form, JsonObject *draft);

/* kith-import-result.c: what would come in, what came, taking it back */
void kith_import_form_look (KithImportForm *self);
void kith_import_form_go_on (KithImportForm *self);
void kith_import_form_show_coming (KithImportForm *self); /* what would come in, with what is chosen: the words, and the verb */
void kith_import_form_undo (KithImportForm *self);
void kith_import_form_show_count (AdwActionRow *row, guint64 count, gboolean always);
void kith_import_form_list_jobs (KithImportForm *self);

/* kith-import-rows.c: what is not taken, or not all of it, and why */
void kith_import_form_show_rows (KithImportForm *self, const char *state, const KithImportTally *tally);
void kith_import_form_forget_rows (KithImportForm *self);
void kith_import_form_save_bad (KithImportForm *self);
void kith_import_form_save_remarked (KithImportForm *self);
void kith_import_form_write_rows (KithImportForm *self, KithImportRows which, GFile *file);

G_END_DECLS
