/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-mail.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One mail to one server, by libcurl. Blocks: for a thread of its own. */

typedef enum
{
  KITH_SMTP_STARTTLS, /* begins in the clear and goes on only with TLS */
  KITH_SMTP_TLS,      /* TLS from the first byte */
  KITH_SMTP_PLAIN,    /* none: for a relay on this computer alone */
} KithSmtpTls;

typedef struct
{
  char *server;   /* "mail.example.org:587" */
  char *from;     /* address */
  char *user, *password; /* NULL: without signing in */
  char *ca_file;  /* PEM, beside what the system trusts; NULL: the system's alone */
  KithSmtpTls tls;
} KithSmtpOptions;

/* [mail] of a key file: server, from, tls (starttls, tls, none), user, password-file, ca. */
KithSmtpOptions *kith_smtp_options_load (const char *path, GError **error);
KithSmtpOptions *kith_smtp_options_copy (const KithSmtpOptions *self);
void kith_smtp_options_free (KithSmtpOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSmtpOptions, kith_smtp_options_free)

char *kith_smtp_write (const KithSmtpOptions *self, const KithHubMail *mail, gint64 time_ms); /* as it goes over the wire, CRLF */
/* why: out, transfer full: what is wrong, in words without an address; NULL when it was sent */
KithHubMailResult kith_smtp_send (const KithSmtpOptions *self, const KithHubMail *mail, gint64 time_ms, GCancellable *cancellable, char **why);

G_END_DECLS
