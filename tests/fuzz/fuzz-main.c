/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Without libFuzzer: a fixed number of spoilt copies of the target's good inputs, drawn from a seed. The input being tried lies in a
 * file, so that the one that ended the program can be tried again:
 *   fuzz-hub --runs 5000 --seed 7        as many, from that seed
 *   fuzz-hub --file fuzz-hub.input       just this one */

#include "fuzz.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_BYTES (64 * 1024)
#define MOST_CHANGES 4

typedef struct
{
  guint32 size;
  guint8 bytes[MOST_BYTES];
} Tried; /* mapped: it outlives the program */

static const char *const numbers[] = { "0", "-1", "9007199254740993", "1e309", "-0.0", "00", "4294967296", "0.5" };
static const char *const texts[] = { "\"", "\\u0000", "\\ud800", "\377", "\xc3\x28", "\xe2\x80\xae", "\n", "\r\n", ",", "{", "}", "[", "]", "null", "true", "\xf0\x9f\x98\x80", "%n", "'", ";--" };

static const char *
draw (GRand *rand, const char *const *list, guint n)
{
  return list[g_rand_int_range (rand, 0, (gint32) n)];
}

static guint
place (GRand *rand, const GByteArray *input)
{
  return input->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) input->len) : 0;
}

static void
insert (GByteArray *input, guint at, const void *bytes, guint length)
{
  guint old = input->len;

  if (length == 0)
    return;
  g_byte_array_set_size (input, old + length);
  memmove (input->data + at + length, input->data + at, old - at);
  memcpy (input->data + at, bytes, length);
}

static void
cut (GByteArray *input, guint at, guint length)
{
  if (input->len > at)
    g_byte_array_remove_range (input, at, MIN (length, input->len - at));
}

/* The number, word or quoted text around a byte becomes another. */
static void
replace_token (GRand *rand, GByteArray *input, const char *other)
{
  guint at = place (rand, input), end = at;

  while (at > 0 && (g_ascii_isalnum (input->data[at - 1]) || strchr ("-_.", input->data[at - 1])))
    at--;
  while (end < input->len && (g_ascii_isalnum (input->data[end]) || strchr ("-_.", input->data[end])))
    end++;
  cut (input, at, end - at);
  insert (input, at, other, strlen (other));
}

static void
change (GRand *rand, GByteArray *input)
{
  guint n_seeds = g_strv_length ((char **) fuzz_seeds), n_words = g_strv_length ((char **) fuzz_words);
  guint at = place (rand, input), length = (guint) g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 1, 9));
  const char *seed = draw (rand, fuzz_seeds, n_seeds);

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0:
      if (input->len > 0)
        input->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      cut (input, at, length);
      break;
    case 2:
      {
        g_autofree guint8 *copy = g_memdup2 (input->data + at, MIN (length, input->len - at));

        insert (input, place (rand, input), copy, MIN (length, input->len - at));
        break;
      }
    case 3:
      replace_token (rand, input, draw (rand, numbers, G_N_ELEMENTS (numbers)));
      break;
    case 4:
      {
        const char *text = draw (rand, texts, G_N_ELEMENTS (texts));

        insert (input, at, text, strlen (text));
        break;
      }
    case 5:
      insert (input, at, seed, MIN (length, strlen (seed)));
      break;
    case 6:
      g_byte_array_set_size (input, at); /* cut short */
      break;
    default: /* the most telling one */
      if (n_words > 0)
        replace_token (rand, input, draw (rand, fuzz_words, n_words));
    }
}

/* What is spoilt in its first lines mostly gets no further. */
static const char *
behind_lines (const char *text, int n)
{
  for (const char *end; n > 0 && (end = strchr (text, '\n')) != NULL; n--)
    text = end + 1;
  return text;
}

static void
try_one (Tried *tried, const guint8 *bytes, gsize size)
{
  tried->size = (guint32) MIN (size, MOST_BYTES);
  if (size > 0)
    memcpy (tried->bytes, bytes, tried->size);
  LLVMFuzzerTestOneInput (tried->bytes, tried->size);
}

static Tried *
map_tried (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  Tried *tried;

  if (fd < 0 || ftruncate (fd, sizeof *tried) != 0)
    g_error ("%s cannot be written", path);
  tried = mmap (NULL, sizeof *tried, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (tried == MAP_FAILED)
    g_error ("%s cannot be mapped", path);
  close (fd);
  return tried;
}

int
main (int argc, char **argv)
{
  int runs = 2000, seed = 1;
  g_autofree char *file = NULL;
  const GOptionEntry options[] = { { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many inputs", "N" },
                                   { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Drawn from", "S" },
                                   { "file", 0, 0, G_OPTION_ARG_FILENAME, &file, "Just this one, as it was left behind", "FILE" },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autofree char *path = g_strconcat (argv[0], ".input", NULL);
  g_autoptr (GRand) rand = NULL;
  Tried *tried;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  fuzz_begin ();
  if (file != NULL)
    {
      g_autofree char *text = NULL;
      gsize length;

      if (!g_file_get_contents (file, &text, &length, &error) || length < sizeof (guint32))
        g_error ("%s: %s", file, error != NULL ? error->message : "too short");
      LLVMFuzzerTestOneInput (((Tried *) text)->bytes, MIN (((Tried *) text)->size, length - sizeof (guint32)));
      fuzz_end ();
      return 0;
    }

  rand = g_rand_new_with_seed ((guint32) seed);
  tried = map_tried (path);
  printf ("TAP version 13\n1..2\n");
  for (guint i = 0; fuzz_seeds[i] != NULL; i++)
    try_one (tried, (const guint8 *) fuzz_seeds[i], strlen (fuzz_seeds[i]));
  printf ("ok 1 %s takes its good inputs\n", name);
  fflush (stdout);
  for (int run = 0; run < runs; run++)
    {
      const char *good = draw (rand, fuzz_seeds, g_strv_length ((char **) fuzz_seeds));
      const char *rest = behind_lines (good, g_rand_int_range (rand, 0, (gint32) fuzz_head_lines + 1));
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, (const guint8 *) rest, (guint) strlen (rest));
      for (int changes = g_rand_int_range (rand, 1, MOST_CHANGES + 1); changes > 0 && input->len < MOST_BYTES / 2; changes--)
        change (rand, input);
      insert (input, 0, good, (guint) (rest - good));
      try_one (tried, input->data, input->len);
    }
  fuzz_end ();
  printf ("ok 2 %s stands %d spoilt ones\n", name, runs);
  munmap (tried, sizeof *tried);
  g_unlink (path);
  return 0;
}
