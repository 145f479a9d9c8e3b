/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One compiled file of translations, whatever language the process speaks: gettext knows one language a process, and its environment may not be
 * changed while other threads read it. Read only; any thread. */
typedef struct _KithMessages KithMessages;

KithMessages *kith_messages_new (const char *folder, const char *language, const char *domain); /* folder/LANGUAGE/LC_MESSAGES/DOMAIN.mo; NULL: there is none */
void kith_messages_free (KithMessages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithMessages, kith_messages_free)

const char *kith_messages_get (const KithMessages *self, const char *text); /* text itself when it has none, or self is NULL; lives as long as both */
const char *kith_messages_get_in (const KithMessages *self, const char *context, const char *text); /* of NC_(); context NULL: the same as kith_messages_get() */

G_END_DECLS
