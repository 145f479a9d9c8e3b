/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The translations of one language, whatever language the windows speak: a client reads their own (gettext knows one language a process, and
 * its environment may not be changed while other threads read it). What has no translation stays English. */
typedef struct _KithCatalogue KithCatalogue;

KithCatalogue *kith_catalogue_new (const char *language);                                     /* "es"; English for NULL and where there is none */
KithCatalogue *kith_catalogue_new_in (const char *folder, const char *language);              /* folder of LANGUAGE/LC_MESSAGES/kith.mo */
void kith_catalogue_free (KithCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithCatalogue, kith_catalogue_free)

gboolean kith_catalogue_exists (const char *language);                                        /* is there one? */
const char *kith_catalogue_get (const KithCatalogue *self, const char *text);                 /* text itself when it has none */
const char *kith_catalogue_get_language (const KithCatalogue *self);                          /* "en" */
gboolean kith_catalogue_is_rtl (const KithCatalogue *self);
char *kith_catalogue_date (const KithCatalogue *self, const char *partial);                   /* "7 de abril de 1988", "April 1988"; what it cannot say as it is */
char *kith_catalogue_day (const KithCatalogue *self, guint day);                               /* 0: Monday. Yours */
char *kith_catalogue_language_name (const KithCatalogue *self, const char *code);             /* of "vi": "vietnamita" */
char *kith_catalogue_status (const KithCatalogue *self, const char *phase, const char *status); /* of a referral: kith_format_status(), in the language of the paper; NULL for no phase */
char *kith_catalogue_code (const KithCatalogue *self, const char *vocabulary, const char *code); /* NULL for NULL */

/* A sentence with its places filled: "Printed {when}", "when", "10:42", NULL. Translations come from files: no printf formats. Yours */
char *kith_catalogue_fill (const KithCatalogue *self, const char *text, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
