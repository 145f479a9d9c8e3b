/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Queues of the made-up network with what they are for, and what the shelters ask of those who refer to them (P1, P2). */

#include "kith-demo-private.h"

static const struct { const char *name, *description; guint services[3]; guint n;
} queues[] = {
  { "Housing", "Beds, rooms and rent: whoever needs a roof this month", { 0, 3, 5 }, 3 },
  { "Health and food", "Doctors, medicine and food boxes", { 1, 2 }, 2 },
};

/* The queue that is for the service of an agency; NULL: none. Yours. */
char *
kith_demo_queue_of (KithDemo *demo, guint agency)
{
  for (guint q = 0; q < G_N_ELEMENTS (queues); q++)
    for (guint k = 0; k < queues[q].n; k++)
      if (queues[q].services[k] == agency % kith_demo_n_services ())
        return kith_demo_make_id (demo, "demo-queue", q);
  return NULL;
}

static gboolean
build_queue (KithDemo *demo, guint q, GError **error)
{
  g_autofree char *id = kith_demo_make_id (demo, "demo-queue", q);
  JsonArray *resources = json_array_new ();

  for (guint i = 0; i < demo->options->agencies; i++)
    {
      g_autofree char *of = kith_demo_queue_of (demo, i);

      if (g_strcmp0 (of, id) == 0)
        json_array_add_string_element (resources, demo->agencies[i].service);
    }
  if (!kith_demo_submit (demo, demo->console, "queue.create",
                         kith_json_new ("id", "s", id, "name", "s", queues[q].name, "description", "s", queues[q].description, NULL), error))
    {
      json_array_unref (resources);
      return FALSE;
    }
  return kith_demo_submit (demo, demo->console, "queue.link", kith_json_new ("queue", "s", id, "add", "a", resources, NULL), error);
}

static gboolean
is_shelter (guint agency)
{
  return agency % kith_demo_n_services () == 0;
}

static gboolean
build_form (KithDemo *demo, guint agency, GError **error)
{
  g_autofree char *id = kith_demo_make_id (demo, "demo-form", agency);
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, kith_json_new ("key", "s", "people", "text", "s", "How many people come?", "type", "s", "number", "required", "b", TRUE, NULL));
  json_array_add_object_element (questions, kith_json_new ("key", "s", "from", "text", "s", "Where did they sleep last night?", "type", "s", "choice", "choices", "a",
                                                           kith_json_strings ("On the street", "In a car", "With friends or family", "In another shelter", NULL), NULL));
  json_array_add_object_element (questions, kith_json_new ("key", "s", "animal", "text", "s", "Is there an animal?", "type", "s", "yes_no", NULL));
  json_array_add_object_element (questions, kith_json_new ("key", "s", "help", "text", "s", "What help is needed with medicine, stairs or at night?", "type", "s",
                                                           "long_text", "health", "b", TRUE, NULL));
  return kith_demo_submit (demo, demo->console, "form.put",
                           kith_json_new ("id", "s", id, "use", "s", "service", "record", "s", demo->agencies[agency].service, "name", "s", "Before you send somebody",
                                          "introduction", "s", "So that the right bed is ready.", "questions", "a", questions, NULL), error);
}

/* What a sender answers to the form of that agency's service; NULL: it asks nothing. Yours. */
JsonArray *
kith_demo_answers (KithDemo *demo, guint agency, guint i)
{
  static const char *const places[] = { "On the street", "In a car", "With friends or family" };
  g_autofree char *form = NULL, *people = g_strdup_printf ("%u", 1 + i % 3);
  JsonArray *answers;

  if (!is_shelter (agency))
    return NULL;
  form = kith_demo_make_id (demo, "demo-form", agency);
  answers = kith_demo_one (kith_json_new ("key", "s", "people", "value", "s", people, NULL));
  json_array_add_object_element (answers, kith_json_new ("key", "s", "from", "value", "s", places[i % G_N_ELEMENTS (places)], NULL));
  if (i % 4 == 0)
    json_array_add_object_element (answers, kith_json_new ("key", "s", "animal", "value", "s", i % 8 == 0 ? "yes" : "no", NULL));
  return kith_demo_one (kith_json_new ("form", "s", form, "version", "i", (gint64) 1, "answers", "a", answers, NULL));
}

gboolean
kith_demo_build_queues (KithDemo *demo, GError **error)
{
  for (guint q = 0; q < G_N_ELEMENTS (queues); q++)
    if (!build_queue (demo, q, error))
      return FALSE;
  for (guint i = 0; i < demo->options->agencies; i++)
    if (is_shelter (i) && !build_form (demo, i, error))
      return FALSE;
  return kith_demo_flush (demo, error);
}
