/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-smtp.h"

#include "kith-file-words.h"
#include "kith-notice-mail.h"

#include <curl/curl.h>
#include <glib/gi18n.h>
#include <string.h>

#define CONNECT_S 15L
#define WHOLE_S 60L
#define WORD_BYTES 42 /* of a subject, in one encoded word of at most 75 characters (RFC 2047) */

/* ---- options ---- */

/**
 * kith_smtp_options_free:
 * @self: (transfer full): the password is overwritten first
 */
void
kith_smtp_options_free (KithSmtpOptions *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->server);
  g_free (self->from);
  g_free (self->user);
  g_free (self->password);
  g_free (self->ca_file);
  g_free (self);
}

/**
 * kith_smtp_options_copy:
 *
 * Returns: (transfer full): nothing in it is shared with @self
 */
KithSmtpOptions *
kith_smtp_options_copy (const KithSmtpOptions *self)
{
  KithSmtpOptions *copy = g_new0 (KithSmtpOptions, 1);

  copy->server = g_strdup (self->server);
  copy->from = g_strdup (self->from);
  copy->user = g_strdup (self->user);
  copy->password = g_strdup (self->password);
  copy->ca_file = g_strdup (self->ca_file);
  copy->tls = self->tls;
  return copy;
}

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, _("%s: %s Nothing was started."), path, what);
  return FALSE;
}

static gboolean
is_server (const char *server)
{
  g_autoptr (GSocketConnectable) address = server != NULL ? g_network_address_parse (server, 25, NULL) : NULL;

  return address != NULL && strpbrk (server, "/@ \r\n\t") == NULL;
}

static gboolean
is_loopback (const char *server)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (server, 25, NULL);
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (address));
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (inet != NULL && g_inet_address_get_is_loopback (inet));
}

static gboolean
read_password (KithSmtpOptions *self, const char *path, const char *file, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!g_file_get_contents (file, &self->password, NULL, &local))
    {
      g_autofree char *words = kith_file_words (file, local);

      return fail (error, path, words);
    }
  g_strchomp (self->password);
  return TRUE;
}

static gboolean
check (KithSmtpOptions *self, const char *path, const char *tls, const char *password_file, GError **error)
{
  static const char *const names[] = { "starttls", "tls", "none" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names) && g_strcmp0 (tls != NULL ? tls : names[0], names[i]) != 0; i++)
    ;
  if (i == G_N_ELEMENTS (names))
    return fail (error, path, _("“tls” is starttls, tls or none."));
  self->tls = (KithSmtpTls) i;
  if (!is_server (self->server))
    return fail (error, path, _("“server” is missing or none: write it like mail.example.org:587."));
  if (!kith_mail_address_is_valid (self->from))
    return fail (error, path, _("“from” is missing or no address."));
  if (self->tls == KITH_SMTP_PLAIN && !is_loopback (self->server))
    return fail (error, path, _("Without TLS mail goes to a server on this computer alone."));
  if ((self->user != NULL) != (password_file != NULL))
    return fail (error, path, _("“user” and “password-file” belong together."));
  return password_file == NULL || read_password (self, path, password_file, error);
}

/* A word that is misspelt would be as if it were not there. */
static gboolean
check_words (GKeyFile *file, const char *path, GError **error)
{
  static const char *const words[] = { "server", "from", "user", "ca", "tls", "password-file", NULL };
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL), keys = g_key_file_get_keys (file, "mail", NULL, NULL);
  const char *odd = NULL;

  for (guint i = 0; odd == NULL && groups[i] != NULL; i++)
    odd = g_str_equal (groups[i], "mail") ? NULL : groups[i];
  for (guint i = 0; odd == NULL && keys != NULL && keys[i] != NULL; i++)
    odd = g_strv_contains (words, keys[i]) ? NULL : keys[i];
  if (odd != NULL)
    {
      g_autofree char *what = g_strdup_printf (_("“%s” is no word of it: under [mail] there may be server, from, tls, user, password-file and ca."), odd);

      return fail (error, path, what);
    }
  return TRUE;
}

KithSmtpOptions *
kith_smtp_options_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KithSmtpOptions) self = g_new0 (KithSmtpOptions, 1);
  g_autofree char *tls = NULL;
  g_autofree char *password_file = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local))
    {
      g_autofree char *words = local->domain == G_KEY_FILE_ERROR ? g_strdup (_("It is not written as it should be: [mail] on a line, then lines like server=mail.example.org:587."))
                                                                 : kith_file_words (path, local);

      fail (error, path, words);
      return NULL;
    }
  if (!check_words (file, path, error))
    return NULL;
  self->server = g_key_file_get_string (file, "mail", "server", NULL);
  self->from = g_key_file_get_string (file, "mail", "from", NULL);
  self->user = g_key_file_get_string (file, "mail", "user", NULL);
  self->ca_file = g_key_file_get_string (file, "mail", "ca", NULL);
  tls = g_key_file_get_string (file, "mail", "tls", NULL);
  password_file = g_key_file_get_string (file, "mail", "password-file", NULL);
  return check (self, path, tls, password_file, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- the message ---- */

/* A number comes from a desk: nothing in it may begin a line of its own. */
static char *
one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_steal_pointer (&valid);
}

static void
add_subject (GString *message, const char *subject)
{
  g_autofree char *line = one_line (subject);
  const char *p = line;

  g_string_append (message, "Subject:");
  if (g_str_is_ascii (line) && strlen (line) < 60)
    {
      g_string_append_printf (message, " %s\r\n", line);
      return;
    }
  while (*p != '\0')
    {
      const char *end = p;
      g_autofree char *word = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - p <= WORD_BYTES)
        end = g_utf8_next_char (end);
      word = g_base64_encode ((const guchar *) p, (gsize) (end - p));
      g_string_append_printf (message, "%s =?UTF-8?B?%s?=", p == line ? "" : "\r\n", word);
      p = end;
    }
  g_string_append (message, "\r\n");
}

static void
add_text (GString *message, const char *text)
{
  g_autofree char *all = g_base64_encode ((const guchar *) text, strlen (text));

  for (gsize i = 0, length = strlen (all); i < length; i += 76)
    g_string_append_printf (message, "%.76s\r\n", all + i);
}

char *
kith_smtp_write (const KithSmtpOptions *self, const KithHubMail *mail, gint64 time_ms)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *rest = g_date_time_format (at, "%Y %H:%M:%S +0000");
  GString *message = g_string_new (NULL);

  g_string_append_printf (message, "Date: %s, %d %s %s\r\n", days[g_date_time_get_day_of_week (at) - 1], g_date_time_get_day_of_month (at),
                          months[g_date_time_get_month (at) - 1], rest);
  g_string_append_printf (message, "From: Kith <%s>\r\nTo: <%s>\r\n", self->from, mail->to);
  add_subject (message, mail->subject);
  g_string_append_printf (message, "Message-ID: <%s@%s>\r\n", mail->key, strchr (self->from, '@') + 1);
  g_string_append (message, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
                            "Auto-Submitted: auto-generated\r\n\r\n");
  add_text (message, mail->text);
  return g_string_free (message, FALSE);
}

/* ---- sending ---- */

typedef struct
{
  const char *text;
  gsize left;
} Upload;

static size_t
read_cb (char *buffer, size_t size, size_t n, void *data)
{
  Upload *upload = data;
  gsize part = MIN (size * n, upload->left);

  memcpy (buffer, upload->text, part);
  upload->text += part;
  upload->left -= part;
  return part;
}

static int
progress_cb (void *data, curl_off_t down, curl_off_t downloaded, curl_off_t up, curl_off_t uploaded)
{
  return g_cancellable_is_cancelled (data);
}

static size_t
ignore_cb (char *buffer, size_t size, size_t n, void *data)
{
  return size * n;
}

/* How far the talk came, and what was said of the receiver: curl's own code is the same for a sender that is refused. */
typedef struct
{
  gboolean receiver; /* the last command named it */
  char answer[64];   /* the last line of the reply to that */
} Talk;

static int
talk_cb (CURL *curl, curl_infotype type, char *line, size_t size, void *data)
{
  Talk *talk = data;

  if (type == CURLINFO_HEADER_OUT)
    talk->receiver = size >= 8 && g_ascii_strncasecmp (line, "RCPT TO:", 8) == 0;
  else if (type == CURLINFO_HEADER_IN && talk->receiver)
    g_snprintf (talk->answer, sizeof talk->answer, "%.*s", (int) MIN (size, sizeof talk->answer - 1), line);
  return 0;
}

/* Nobody has this address, now and always (RFC 3463 3.2): the server speaks of the receiver, and says so in a code of its own. A bare 550 may as well be
 * that the hub may not send at all, that its own address is not liked (5.1.0, 5.1.7, 5.1.8), or a list of senders it was put on: all that can be mended. */
static gboolean
is_nobody (const Talk *talk)
{
  static const char *const codes[] = { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", NULL };
  g_auto (GStrv) words = g_strsplit_set (talk->answer, " -\r\n", 3);

  return g_strv_length (words) >= 2 && words[0][0] == '5' && g_strv_contains (codes, words[1]);
}

static void
set_options (CURL *curl, const KithSmtpOptions *self, const char *url, Upload *upload, Talk *talk, GCancellable *cancellable)
{
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L); /* into talk_cb() alone */
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, talk_cb);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, talk);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, WHOLE_S);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, upload);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, ignore_cb);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, cancellable);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (self->tls == KITH_SMTP_STARTTLS)
    curl_easy_setopt (curl, CURLOPT_USE_SSL, (long) CURLUSESSL_ALL);
  if (self->ca_file != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, self->ca_file);
  if (self->user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, self->user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, self->password);
    }
}

KithHubMailResult
kith_smtp_send (const KithSmtpOptions *self, const KithHubMail *mail, gint64 time_ms, GCancellable *cancellable, char **why)
{
  g_autofree char *message = kith_smtp_write (self, mail, time_ms);
  g_autofree char *url = g_strconcat (self->tls == KITH_SMTP_TLS ? "smtps://" : "smtp://", self->server, NULL);
  g_autofree char *from = g_strdup_printf ("<%s>", self->from);
  g_autofree char *to = g_strdup_printf ("<%s>", mail->to);
  Upload upload = { message, strlen (message) };
  Talk talk = { FALSE, "" };
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  CURL *curl = curl_easy_init ();
  CURLcode code = CURLE_OUT_OF_MEMORY;
  long answer = 0;

  if (curl != NULL)
    {
      set_options (curl, self, url, &upload, &talk, cancellable);
      curl_easy_setopt (curl, CURLOPT_MAIL_FROM, from);
      curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
      code = curl_easy_perform (curl);
      curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &answer);
      curl_easy_cleanup (curl);
    }
  curl_slist_free_all (recipients);
  *why = code == CURLE_OK ? NULL : answer > 0 ? g_strdup_printf ("%s (%ld)", curl_easy_strerror (code), answer) : g_strdup (curl_easy_strerror (code));
  if (code == CURLE_OK)
    return KITH_HUB_MAIL_SENT;
  /* All else may be the hub's own settings, or the server's bad day. */
  return code == CURLE_SEND_ERROR && is_nobody (&talk) ? KITH_HUB_MAIL_REFUSED : KITH_HUB_MAIL_LATER;
}
