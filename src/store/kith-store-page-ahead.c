/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A long page's lines are read by a second thread while those before them are applied, and freed there: of a first fill a third would be
 * reading and freeing JSON. Only a page whose last line is its end comes here, since of one that was cut nobody knows before it is read how far
 * it counts; and should a line in the middle turn out to be none, the page is told to be torn, and is read once more from the beginning.
 *
 * A line belongs to one thread at a time, since JSON objects count their references without a lock: they go over in bundles, and back. Of a put the
 * object does not even go over, only what its table takes. */

#include "kith-store-page.h"

#include "kith-protocol.h"

#define BUNDLE 32

struct _KithPageAhead
{
  GThread *thread;
  KithLineReader *lines;
  const char *last;     /* where the end line begins */
  GAsyncQueue *read;    /* GPtrArray of KithPageLine; an empty one: no more come */
  GAsyncQueue *applied; /* on their way back; an empty one: no more come */
  int stopped;          /* atomic: nobody wants the rest */
  GPtrArray *bundle;    /* being applied; NULL before the first */
  guint at;             /* the next of it */
};

static GPtrArray *
bundle_new (void)
{
  return g_ptr_array_new_full (BUNDLE, (GDestroyNotify) kith_page_line_free);
}

static gboolean
is_end (JsonObject *line)
{
  JsonObject *end = kith_json_object (line, "end");

  return end != NULL && kith_json_string (end, "cursor") != NULL;
}

/* NULL: no line, or an end before the last line. *end: it is the last. */
static JsonObject *
read_line (KithPageAhead *self, gboolean *end)
{
  g_autoptr (JsonObject) line = NULL;
  const char *text;
  gsize length;

  if (!kith_line_reader_next (self->lines, &text, &length))
    return NULL;
  line = kith_line_reader_parse (self->lines, text, length, NULL);
  *end = text == self->last;
  return line != NULL && is_end (line) == *end ? g_steal_pointer (&line) : NULL;
}

static void
read_lines (KithPageAhead *self)
{
  g_autoptr (GPtrArray) bundle = bundle_new ();
  gboolean end = FALSE;
  JsonObject *line;

  while (!end && !g_atomic_int_get (&self->stopped) && (line = read_line (self, &end)) != NULL)
    {
      g_ptr_array_add (bundle, kith_page_line_new (line));
      if (bundle->len == BUNDLE || end)
        {
          g_async_queue_push (self->read, g_steal_pointer (&bundle));
          bundle = bundle_new ();
        }
    }
}

static gpointer
read_thread (gpointer data)
{
  KithPageAhead *self = data;
  gboolean more = TRUE;

  read_lines (self);
  g_async_queue_push (self->read, bundle_new ());
  while (more)
    {
      g_autoptr (GPtrArray) bundle = g_async_queue_pop (self->applied);

      more = bundle->len > 0;
    }
  return NULL;
}

/**
 * kith_page_ahead_new:
 * @lines: (inout): at the line behind the header; taken, unless NULL is returned
 * @last: where in its body the end line begins
 *
 * Returns: (nullable): NULL where no thread is to be had
 */
KithPageAhead *
kith_page_ahead_new (KithLineReader **lines, const char *last)
{
  KithPageAhead *self = g_new0 (KithPageAhead, 1);

  self->lines = *lines;
  self->last = last;
  self->read = g_async_queue_new_full ((GDestroyNotify) g_ptr_array_unref);
  self->applied = g_async_queue_new_full ((GDestroyNotify) g_ptr_array_unref);
  self->thread = g_thread_try_new ("kith-page", read_thread, self, NULL);
  if (self->thread != NULL)
    {
      *lines = NULL;
      return self;
    }
  self->lines = NULL;
  kith_page_ahead_free (self);
  return NULL;
}

/* Borrowed until the next call. NULL: a line was none. *end: this is the end line; no call after it. */
KithPageLine *
kith_page_ahead_next (KithPageAhead *self, gboolean *end)
{
  KithPageLine *line;

  if (self->bundle == NULL || self->at == self->bundle->len)
    {
      if (self->bundle != NULL)
        g_async_queue_push (self->applied, self->bundle);
      self->bundle = g_async_queue_pop (self->read);
      self->at = 0;
    }
  if (self->bundle->len == 0)
    return NULL;
  line = self->bundle->pdata[self->at++];
  *end = line->object != NULL && is_end (line->object);
  return line;
}

/* Whether or not all of it was taken. */
void
kith_page_ahead_free (KithPageAhead *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  if (self->bundle != NULL && self->bundle->len > 0)
    g_async_queue_push (self->applied, g_steal_pointer (&self->bundle));
  g_async_queue_push (self->applied, bundle_new ());
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_clear_pointer (&self->bundle, g_ptr_array_unref);
  g_async_queue_unref (self->read);
  g_async_queue_unref (self->applied);
  g_clear_pointer (&self->lines, kith_line_reader_free);
  g_free (self);
}
