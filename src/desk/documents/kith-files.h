/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-context.h"
#include "kith-store.h"

G_BEGIN_DECLS

/* Attached files as the windows use them: kept, opened, saved. Main thread; the bytes are read and sealed on threads of their own. */

/* Size and type of a file somebody chose, before it is read. info: "standard::size,standard::content-type,standard::type". A sentence for a person. */
#define KITH_FILES_ATTRIBUTES "standard::name,standard::display-name,standard::size,standard::content-type,standard::type"
gboolean kith_files_check (GFileInfo *info, char **media_type, GError **error);

/* Keeps what the stream gives and attaches it, with an undo toast that says done (NULL: at once, and nothing is said). args: of document.attach, without size and sha256; transfer full. */
void kith_files_attach_async (KithContext *context, GInputStream *from, JsonObject *args, const char *done, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_files_attach_finish (KithContext *context, GAsyncResult *result, GError **error);

/* Keeps what the stream gives, sealed, for a Save that attaches it together with what it belongs to: all or nothing (kith_form_submit ()). args: as above.
 * Until then it is a stray: whoever gives up removes path (yours); a crash or a lock does at the next opening. */
void kith_files_keep_async (KithContext *context, GInputStream *from, JsonObject *args, GAsyncReadyCallback callback, gpointer user_data);
KithStoreStep *kith_files_keep_finish (KithContext *context, GAsyncResult *result, char **path, GError **error);

/* Opens and saves. What is not on this computer is fetched first. Opened files lie in the memory of this session only, unreadable for
 * others, and go when they were open for ten minutes, when their client is left by access or by locking, and when Kith ends.
 * Each opening and each copy is noted (C13). Of what was asked for comes one of these in the end, unless a handler of the first returns TRUE;
 * each does what is said, unless a handler returns TRUE:
 * "late" (document): it is being fetched, which is told; TRUE: nobody waits for it
 * "failed" (document, message): the person is told why
 * "ready" (path): opens it with the program of the computer. */
#define KITH_TYPE_FILES (kith_files_get_type ())
G_DECLARE_FINAL_TYPE (KithFiles, kith_files, KITH, FILES, GObject)
KithFiles *kith_files_new (KithContext *context);
void kith_files_open (KithFiles *self, const char *document, const char *client, const char *name);
void kith_files_save (KithFiles *self, const char *document, const char *client, GFile *to);

G_END_DECLS
