/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <stdlib.h>
#include <string.h>

/* I19: everything the hub was asked is asked again of a second hub, in the same order and at the same times, but by desks whose clocks
 * are wrong by other amounts. What it decides and what it keeps must be the same, except the hybrid times. Where these broke a tie the
 * winner, and with it the count of rows written, may rightly be another: such a run is not compared. */

#define TWIN_PER_MILLE 300

typedef struct
{
  SimAskType type;
  gint64 at;
  gint desk; /* -1: none */
  char *a, *b, *c;
  GBytes *body;
  JsonObject *args;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->a);
  g_free (ask->b);
  g_free (ask->c);
  g_clear_pointer (&ask->body, g_bytes_unref);
  g_clear_pointer (&ask->args, json_object_unref);
  g_free (ask);
}

/* A hub that dies in the middle of a statement, or finds no room there, cannot be brought to it again: such seeds have no twin. Nor has one that is
 * put back, or whose clock jumps. */
void
sim_twin_draw (Sim *self)
{
  gboolean wanted = sim_chance (self, TWIN_PER_MILLE);

  if (wanted && self->faults.crash_inside == 0 && self->faults.full_hub == 0 && self->faults.restore == 0 && self->faults.clock == 0)
    self->asks = g_ptr_array_new_with_free_func (ask_free);
}

void
sim_twin_note (Sim *self, SimAskType type, SimDesk *desk, const char *a, const char *b, const char *c, GBytes *body, JsonObject *args)
{
  Ask *ask;

  if (self->asks == NULL)
    return;
  ask = g_new0 (Ask, 1);
  ask->type = type;
  ask->at = sim_wall (self);
  ask->desk = desk != NULL ? (gint) desk->index : -1;
  ask->a = g_strdup (a);
  ask->b = g_strdup (b);
  ask->c = g_strdup (c);
  ask->body = body != NULL ? g_bytes_ref (body) : NULL;
  ask->args = args != NULL ? kith_json_copy_object (args) : NULL;
  g_ptr_array_add (self->asks, ask);
}

/* ---- other clocks ---- */

static void
shift_wall (JsonObject *object, gint64 ms)
{
  if (object != NULL && json_object_has_member (object, "wall"))
    json_object_set_int_member (object, "wall", kith_json_int (object, "wall", 0) + ms);
}

static void
shift_hlc (JsonObject *line, gint64 ms)
{
  const char *hlc = kith_json_string (line, "hlc");
  const char *rest = hlc != NULL ? strchr (hlc, '-') : NULL;

  if (rest != NULL)
    {
      g_autofree char *shifted = g_strdup_printf ("%012" G_GINT64_MODIFIER "x%s", (gint64) strtoll (hlc, NULL, 16) + ms, rest);

      json_object_set_string_member (line, "hlc", shifted);
    }
}

/* A push as it had been if that desk's clock were wrong by ms more. */
static GBytes *
shift_push (GBytes *body, gint64 ms)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (body, 0);
  g_autoptr (KithLineWriter) writer = kith_line_writer_new ();
  JsonObject *line;

  while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      shift_wall (kith_json_object (line, "h"), ms);
      shift_wall (line, ms);
      shift_hlc (line, ms);
      kith_line_writer_add (writer, line);
    }

  return kith_line_writer_finish (writer);
}

/* ---- the second hub ---- */

static void
repeat_request (KithHub *hub, const Ask *ask)
{
  static const gint64 shifts[] = { -5 * SIM_MS_YEAR, 3 * SIM_MS_YEAR, -7 * SIM_MS_HOUR, 90 * SIM_MS_SECOND, 0, SIM_MS_YEAR, -SIM_MS_HOUR };
  g_auto (GStrv) parts = g_strsplit (ask->b, "?", 2);
  gint64 shift = ask->desk >= 0 ? shifts[(guint) ask->desk % G_N_ELEMENTS (shifts)] : 0;
  g_autoptr (GBytes) body = ask->body != NULL ? g_bytes_ref (ask->body) : NULL;
  g_auto (KithHubAnswer) answer = { 0 };
  KithHubRequest request = { .method = ask->a, .path = parts[0], .query = parts[1], .token = ask->c, .address = "127.0.0.1" };

  if (g_str_equal (parts[0], KITH_PATH_PUSH) && body != NULL)
    {
      g_autoptr (GBytes) plain = g_steal_pointer (&body);

      body = shift_push (plain, shift);
    }
  request.body = body;
  kith_hub_handle (hub, &request, &answer);
}

static void
repeat_submit (KithHub *hub, const Ask *ask)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_auto (KithOpContext) result = { 0 };
  g_autoptr (GError) error = NULL;

  kith_hub_submit (hub, actor, ask->a, ask->args, &result, &error);
}

static KithHub *
open_hub (Sim *self, KithManualClock *clock, KithRandom *random, const char *name)
{
  g_autoptr (GError) error = NULL;
  KithHubOptions options = sim_hub_options (self, NULL); /* of their bytes it decides nothing */
  KithHub *hub = kith_hub_new (kith_hub_open_db (name, TRUE, NULL, &error), KITH_CLOCK (clock), random, &options, &error);

  g_assert_no_error (error);
  return hub;
}

static void
repeat (Sim *self, KithHub **hub, KithManualClock *clock, KithRandom *random, const char *name, const Ask *ask)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  kith_manual_clock_advance (clock, ask->at - kith_clock_wall_ms (KITH_CLOCK (clock)));
  switch (ask->type)
    {
    case SIM_ASK_REQUEST:
      repeat_request (*hub, ask);
      break;
    case SIM_ASK_SUBMIT:
      repeat_submit (*hub, ask);
      break;
    case SIM_ASK_TICK:
      kith_hub_run_clock (*hub, &n, &error);
      break;
    case SIM_ASK_ACCOUNT:
      sim_set_account (*hub, ask->a, ask->b);
      break;
    case SIM_ASK_REVOKE:
      kith_hub_revoke_computer (*hub, ask->a, ask->b, &n, &error);
      break;
    case SIM_ASK_REOPEN:
      kith_hub_free (*hub);
      *hub = open_hub (self, clock, random, name);
      break;
    }
}

/* ---- what it decided and kept ---- */

static void
add_body (GString *text, const KithKind *kind, const char *id, const char *body)
{
  g_autoptr (JsonObject) object = kith_json_parse_object (body, -1, NULL, NULL);
  g_autofree char *printed = NULL;

  json_object_remove_member (object, "_hlc");
  json_object_remove_member (object, "hlc"); /* of a change that was replaced */
  json_object_remove_member (object, "kept_hlc"); /* of what took its place */
  printed = kith_json_print_object (object);
  g_string_append_printf (text, "%s %s %s\n", kind->name, id, printed);
}

static void
add_kind (GString *text, KithDb *db, const KithKind *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, body FROM \"%s\" ORDER BY id", kind->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    add_body (text, kind, kith_db_text (stmt, 0), kith_db_text (stmt, 1));
}

static char *
describe (KithHub *hub)
{
  KithDb *db = kith_hub_get_db (hub);
  GString *text = g_string_new (NULL);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);
  g_autofree char *decided = NULL;
  g_autofree char *numbers = NULL;

  sim_sql_text (db, "SELECT group_concat(coalesce(lane, '-') || ' ' || coalesce(n, '-') || ' ' || coalesce(op, '-') || ' ' || status || ' ' || q, char(10)) "
                    "FROM (SELECT * FROM op_log ORDER BY i)",
                NULL, &decided);
  sim_sql_text (db, "SELECT group_concat(t || ' ' || id || ' ' || q || ' ' || del, char(10)) FROM (SELECT * FROM sync_row ORDER BY q)", NULL, &numbers);
  g_string_append_printf (text, "%s\n%s\n", decided, numbers);
  for (guint k = 0; k < n; k++)
    add_kind (text, db, kinds[k]);

  return g_string_free (text, FALSE);
}

static void
compare (Sim *self, const char *first, const char *second)
{
  g_auto (GStrv) a = g_strsplit (first, "\n", -1), b = g_strsplit (second, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      {
        sim_fail (self, "I19", "with other clocks the hub has\n  %s\n  not\n  %s", b[i], a[i]);
        return;
      }
}

void
sim_twin_check (Sim *self)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("sim-twin-%u", count++);
  g_autoptr (KithManualClock) clock = NULL;
  g_autoptr (KithRandom) random = NULL;
  KithDb *holder;
  KithHub *hub;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_autofree char *tie = NULL;

  if (self->asks == NULL || self->failure != NULL)
    return;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT 1 FROM op_log WHERE status = 'merged' LIMIT 1", NULL, &tie);
  if (tie != NULL)
    return;
  self->n_twins++;
  clock = kith_manual_clock_new (self->base);
  random = kith_random_new_seeded (sim_hub_seed (self));
  holder = kith_hub_open_db (name, TRUE, NULL, NULL);
  sim_image_hub (holder);
  hub = open_hub (self, clock, random, name);
  for (guint i = 0; i < self->asks->len; i++)
    repeat (self, &hub, clock, random, name, g_ptr_array_index (self->asks, i));

  first = describe (self->hub);
  second = describe (hub);
  compare (self, first, second);
  kith_hub_free (hub);
  kith_db_close (holder);
}
