/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-demo-private.h"

#include "kith-clock.h"

/* Cases of the made-up network: some open with a next step, some closed, with notes, a goal and something to do. */

typedef struct
{
  const char *type, *title, *goal, *step, *task;
  const char *notes[3];
} Plot;

static const Plot plots[] = {
  { "housing", "A home after the shelter", "A lease of one’s own", "Look at the flat on Mission Road", "Call the landlord back",
    { "Talked through what is needed: two rooms, near the school, up to nine hundred.", "Application is in. The landlord asks for a second reference.",
      "Saw the flat together. The bathroom needs a rail." } },
  { "benefits", "Income after the hours were cut", "Food and rent covered every month", "Bring the pay slips of the last two months",
    "Send the form for food assistance",
    { "Went through the month: eighty short at the end.", "Form filled in together; the pay slips are missing.", "Letter came: approved from the first." } },
  { "employment", "Work with the hours the school leaves", "A job of twenty hours", "Practise for the interview on Thursday", "Ask the market about mornings",
    { "Worked at the market for six years, likes mornings.", "Two applications out.", "Interview went well; they call next week." } },
  { "family", "Quiet evenings at home", "The son at school every day", "Meet the teacher together", "Find a place in the after-school group",
    { "Visited at home. The son showed his drawings.", "Teacher says he is on time again.", "Mother sleeps better since the neighbour helps." } },
};

static gboolean
submit (KithDemo *demo, const char *op, JsonObject *args, guint max_hours, GError **error)
{
  kith_demo_later (demo, max_hours);
  return kith_demo_submit (demo, demo->worker, op, args, error);
}

static char *
day_from_now (KithDemo *demo, int days)
{
  char *day = kith_time_format (demo->now + (gint64) days * 24 * HOUR_MS);

  day[10] = '\0';
  return day;
}

static gboolean
build (KithDemo *demo, guint i, const char *client, GError **error)
{
  const Plot *plot = &plots[kith_random_below (demo->random, G_N_ELEMENTS (plots))];
  g_autofree char *id = kith_demo_make_id (demo, "demo-case", i), *goal = kith_demo_make_id (demo, "demo-goal", i);
  g_autofree char *task = kith_demo_make_id (demo, "demo-task", i), *number = g_strdup_printf ("DEMO-%06u", 700000 + i);
  g_autofree char *next = day_from_now (demo, (int) kith_random_below (demo->random, 21) - 3);
  g_autofree char *due = day_from_now (demo, (int) kith_random_below (demo->random, 14) - 2);
  guint n_notes = kith_random_below (demo->random, G_N_ELEMENTS (plot->notes) + 1);
  gboolean closed = kith_demo_chance (demo, 25);

  if (!submit (demo, "case.open",
               kith_json_new ("id", "s", id, "number", "s", number, "client", "s", client, "title", "s", plot->title, "type", "s", plot->type,
                              "next_step", "s", plot->step, "next_step_on", "s", kith_demo_chance (demo, 80) ? next : NULL, NULL),
               48, error) ||
      !submit (demo, "goal.set",
               kith_json_new ("id", "s", goal, "case", "s", id, "title", "s", plot->goal, "sensitivity", "s", "general", NULL), 24, error))
    return FALSE;
  for (guint n = 0; n < n_notes; n++)
    {
      g_autofree char *note = kith_demo_make_id (demo, "demo-note", i * (guint) G_N_ELEMENTS (plot->notes) + n);

      if (!submit (demo, "note.add",
                   kith_json_new ("id", "s", note, "case", "s", id, "type", "s", n == 0 ? "meeting" : "progress", "sensitivity", "s", "general",
                                  "text", "s", plot->notes[n], NULL),
                   240, error))
        return FALSE;
    }
  if (closed)
    return submit (demo, "case.close",
                   kith_json_new ("case", "s", id, "outcome", "s", kith_demo_chance (demo, 70) ? "need_met" : "moved_away", NULL), 240, error);
  return submit (demo, "task.add",
                 kith_json_new ("id", "s", task, "case", "s", id, "subject", "s", plot->task, "due_on", "s", due, NULL), 24, error);
}

/* For one client in four. What is drawn here changes nothing of what is drawn for the rest of the network. */
gboolean
kith_demo_build_case (KithDemo *demo, guint i, const char *client, GError **error)
{
  KithRandom *kept = demo->random;
  gboolean done;

  if (i % 4 != 0)
    return TRUE;
  demo->random = kith_random_new_seeded (demo->options->seed * 1000003 + i);
  done = build (demo, i, client, error);
  kith_random_free (demo->random);
  demo->random = kept;
  return done;
}
