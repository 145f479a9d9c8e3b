/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"

#include <string.h>
#include <sys/wait.h>

int
console_run (Console *c, const char *format, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) environment = kith_test_environ ();
  g_autoptr (GError) error = NULL;
  va_list list;
  int status = 0;

  va_start (list, format);
  line = g_strdup_vprintf (format, list);
  va_end (list);
  words = g_strsplit (line, " ", -1);
  g_ptr_array_add (argv, g_strdup (g_getenv ("KITH_HUB")));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdelimit (g_strdelimit (g_strdup (words[i]), "%", ' '), "\001", '%'));
  g_ptr_array_add (argv, NULL);
  g_clear_pointer (&c->out, g_free);
  g_clear_pointer (&c->err, g_free);
  g_spawn_sync (NULL, (char **) argv->pdata, environment, G_SPAWN_DEFAULT, NULL, NULL, &c->out, &c->err, &status, &error);
  g_assert_no_error (error);
  g_test_message ("kith-hub %s: %d\n%s%s", line, status, c->out, c->err);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("“%s” is not in: %s", part, text);
  g_assert_nonnull (strstr (text, part));
}

void
console_init (Console *c)
{
  g_autofree char *organizations = NULL, *services = NULL;

  *c = (Console) { .dir = kith_test_dir_new () };
  c->database = kith_test_dir_file (c->dir, "town.db");
  c->password = kith_test_dir_write (c->dir, "password", "a pass phrase of some length\n");
  organizations = kith_test_dir_write (c->dir, "organizations.csv", "id,name,description\n1,Harbor House,Beds\n2,City Pantry,Food\n");
  services = kith_test_dir_write (c->dir, "services.csv", "id,organization_id,name,status\n1,1,Detox,active\n2,2,Lunch,active\n");
  g_assert_cmpint (console_run (c, "init --database %s", c->database), ==, 0);
  g_assert_cmpint (console_run (c, "import hsds %s --database %s", kith_test_dir_path (c->dir), c->database), ==, 0);
}

void
console_clear (Console *c)
{
  g_free (c->database);
  g_free (c->password);
  g_free (c->out);
  g_free (c->err);
  kith_test_dir_free (c->dir);
}
KithHub *
console_open_hub (Console *c)
{
  g_autoptr (KithClock) clock = kith_clock_new_system (); /* as the program that works on it */
  g_autoptr (GError) error = NULL;
  static KithRandom *random; /* a hub does not own its own */
  KithDb *db = kith_hub_open_db (c->database, FALSE, NULL, &error);
  KithHub *hub;

  g_assert_no_error (error);
  if (random == NULL)
    random = kith_random_new_system ();
  hub = kith_hub_new (db, clock, random, &(KithHubOptions) { 0 }, &error);
  g_assert_no_error (error);
  return hub;
}

char *
console_read_sql (Console *c, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_hub_open_db (c->database, FALSE, NULL, &error);
  g_autoptr (KithDbStmt) stmt = db ? kith_db_prepare (db, sql, &error) : NULL;

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 0));
}
