/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store-import.h"
#include "store-fixture.h"

/* A list of clients of agency A on its way into the fixture's store. */

#define JOB import_job ()

const char *import_job (void);                             /* id of the import */
KithImportTally import_tally (Fixture *f, const char *state); /* and it is in that state */
void import_begin (Fixture *f);
gboolean import_step (Fixture *f);
/* The hub takes everything that waits; only the operation named (0: none) is refused, or finds the client there already. */
void import_hub_answers_so (Fixture *f, guint refused, guint there);
void import_hub_answers (Fixture *f, guint refused);
void import_run (Fixture *f); /* all of it */
