/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two supervisors move the same work, each on a computer that has not heard of the other: the hub settles it, and whoever comes second is told (A9, A11, C17). */

#include "network.h"

typedef struct
{
  Network *net;
  char *xen, *yan, *zoe, *sup, *sue; /* who does the work; two supervisors */
  Desk *x, *first, *second;
  char *client, *number, *transfer; /* on xen; the second supervisor's */
} Town;

static void
set_up (Town *f, gconstpointer data)
{
  f->net = network_new ();
  f->xen = network_add_staff (f->net, "xen", f->net->b, "care_coordinator", NULL);
  f->yan = network_add_staff (f->net, "yan", f->net->b, "care_coordinator", NULL);
  f->zoe = network_add_staff (f->net, "zoe", f->net->b, "care_coordinator", NULL);
  f->sup = network_add_staff (f->net, "sup", f->net->b, "care_coordinator", "supervisor");
  f->sue = network_add_staff (f->net, "sue", f->net->b, "care_coordinator", "supervisor");
  f->x = desk_new (f->net, "xen");
  f->first = desk_new (f->net, "sup");
  f->second = desk_new (f->net, "sue");
  desk_run (f->x);
  f->client = network_id (f->net);
  f->number = kith_store_next_number (f->x->store, NULL);
  g_free (desk_submit (f->x, "client.register", network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara','family_name':'Canary'}}", f->client, f->number)));
  f->transfer = network_id (f->net);
  desk_run (f->x);
  desk_run (f->first);
  desk_run (f->second);
}

static void
tear_down (Town *f, gconstpointer data)
{
  desk_free (f->x);
  desk_free (f->first);
  desk_free (f->second);
  network_free (f->net);
  g_free (f->xen);
  g_free (f->yan);
  g_free (f->zoe);
  g_free (f->sup);
  g_free (f->sue);
  g_free (f->client);
  g_free (f->number);
  g_free (f->transfer);
}

/* from NULL: nobody is on it */
static void
move (Town *f, Desk *desk, const char *transfer, const char *from, const char *to)
{
  g_autofree char *giver = from != NULL ? g_strdup_printf (",'from':'%s'", from) : g_strdup ("");

  g_free (desk_submit (desk, "caseload.transfer", network_json ("{'transfer':'%s','moves':[{'client':'%s'%s,'to':'%s'}]}", transfer, f->client, giver, to)));
}

static void
move_all (Desk *desk, const char *transfer, const char *from, const char *to)
{
  g_free (desk_submit (desk, "caseload.transfer", network_json ("{'transfer':'%s','from':'%s','to':'%s'}", transfer, from, to)));
}

static void
take_back (Desk *desk, const char *transfer)
{
  g_free (desk_submit (desk, "caseload.undo", network_json ("{'transfer':'%s'}", transfer)));
}

static void
assign (Town *f, Desk *desk, const char *what, const char *staff)
{
  g_free (desk_submit (desk, "assignment.apply", network_json ("{'client':'%s','changes':[{'do':'%s','staff':'%s'}]}", f->client, what, staff)));
}

static gboolean
is_on (Town *f, Desk *desk, const char *staff)
{
  g_autofree char *key = g_strconcat (f->client, ":", staff, NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);
  g_autofree char *value = desk_field (desk, "assignment", id, "staff");

  return value != NULL;
}

/* What this desk's person is told of moves that crossed; number: by which (NULL: none). */
static guint
told (Town *f, Desk *desk, const char *number)
{
  g_autoptr (GPtrArray) notices = kith_world_find (kith_store_get_world (desk->store), NULL, "notice", "staff", desk->user, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      if (!kith_record_is (notices->pdata[i], "type", "move_crossed"))
        continue;
      n++;
      g_assert_cmpstr (kith_record_string (notices->pdata[i], "number"), ==, number);
      g_assert_cmpstr (kith_record_string (notices->pdata[i], "client"), ==, number != NULL ? f->client : NULL);
    }
  return n;
}

/* The first moved the client to yan, the second to zoe before she heard of it. */
static void
test_listed (Town *f, gconstpointer data)
{
  g_autofree char *other = network_id (f->net);

  move (f, f->second, f->transfer, f->xen, f->zoe);
  g_assert_true (is_on (f, f->second, f->zoe));
  move (f, f->first, other, f->xen, f->yan);
  desk_run (f->first);
  desk_run (f->second);
  desk_run (f->first);
  g_assert_true (is_on (f, f->second, f->yan));
  g_assert_false (is_on (f, f->second, f->zoe));
  g_assert_cmpuint (told (f, f->second, f->number), ==, 1);
  g_assert_cmpuint (told (f, f->first, NULL), ==, 0);
}

/* A list goes in parts of ten clients. The first had moved all of what the last one carries: it finds nothing to do, and its author is told all the same. */
static void
test_last_part (Town *f, gconstpointer data)
{
  g_autofree char *other = network_id (f->net);
  g_autoptr (GString) ten = g_string_new (NULL);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *client = network_id (f->net), *number = kith_store_next_number (f->x->store, NULL);

      g_free (desk_submit (f->x, "client.register",
                           network_json ("{'id':'%s','number':'%s','values':{'given_name':'Ten','family_name':'No %u'}}", client, number, i)));
      g_string_append_printf (ten, "%s{'client':'%s','from':'%s','to':'%s'}", i > 0 ? "," : "", client, f->xen, f->zoe);
    }
  desk_run (f->x);
  desk_run (f->first);
  desk_run (f->second);
  move (f, f->first, other, f->xen, f->yan);
  g_free (desk_submit (f->second, "caseload.transfer", network_json ("{'transfer':'%s','moves':[%s]}", f->transfer, ten->str)));
  move (f, f->second, f->transfer, f->xen, f->zoe);
  g_assert_true (is_on (f, f->second, f->zoe));
  desk_run (f->first);
  desk_run (f->second);
  g_assert_true (is_on (f, f->second, f->yan));
  g_assert_false (is_on (f, f->second, f->zoe));
  g_assert_cmpuint (told (f, f->second, f->number), ==, 1);
}

/* What a computer says it changed is its own word: of another agency's assignment it learns nothing by it, there or not. */
static void
test_other_agency (Town *f, gconstpointer data)
{
  g_autofree char *ann = network_add_staff (f->net, "ann", f->net->a, "care_coordinator", NULL), *client = network_id (f->net), *number = NULL;
  g_autofree char *key = g_strconcat (client, ":", ann, NULL), *id = kith_id_natural ("assignment", key), *sql = NULL;
  Desk *a = desk_new (f->net, "ann");

  desk_run (a);
  number = kith_store_next_number (a->store, NULL);
  g_free (desk_submit (a, "client.register", network_json ("{'id':'%s','number':'%s','values':{'given_name':'Sam','family_name':'Other'}}", client, number)));
  desk_run (a);
  move_all (f->second, f->transfer, f->xen, f->zoe);
  sql = g_strdup_printf ("UPDATE op SET base = '{\"assignment/%s\":1}' WHERE name = 'caseload.transfer'", id);
  g_assert_true (kith_db_exec (kith_store_get_db (f->second->store), sql, NULL));
  desk_run (f->second);
  g_assert_cmpuint (told (f, f->second, NULL), ==, 1);
  desk_free (a);
}

/* She had heard of it: her computer moved nothing, and there is nothing to tell. */
static void
test_known (Town *f, gconstpointer data)
{
  g_autofree char *other = network_id (f->net);

  move (f, f->first, other, f->xen, f->yan);
  desk_run (f->first);
  desk_run (f->second);
  move (f, f->second, f->transfer, f->xen, f->zoe);
  g_assert_false (is_on (f, f->second, f->zoe));
  desk_run (f->second);
  g_assert_cmpuint (told (f, f->second, NULL), ==, 0);
  /* nor where all went as it looked */
  take_back (f->first, other);
  move_all (f->second, f->transfer, f->yan, f->zoe);
  desk_run (f->second);
  desk_run (f->second);
  g_assert_true (is_on (f, f->second, f->zoe));
  g_assert_cmpuint (told (f, f->second, NULL), ==, 0);
}

/* All that xen has: of what had gone already she is told once, by no number. */
static void
test_whole (Town *f, gconstpointer data)
{
  move_all (f->second, f->transfer, f->xen, f->zoe);
  assign (f, f->first, "remove", f->xen);
  desk_run (f->first);
  desk_run (f->second);
  g_assert_false (is_on (f, f->second, f->zoe));
  g_assert_cmpuint (told (f, f->second, NULL), ==, 1);
}

/* What xen has to do about the client, and a colleague gave to yan. */
static void
test_task (Town *f, gconstpointer data)
{
  g_autofree char *task = network_id (f->net);
  g_autofree char *staff = NULL;

  g_free (desk_submit (f->x, "task.add", network_json ("{'id':'%s','subject':'Call','client':'%s'}", task, f->client)));
  assign (f, f->first, "add", f->yan);
  desk_run (f->x);
  desk_run (f->first);
  desk_run (f->second);
  move (f, f->second, f->transfer, f->xen, f->zoe);
  g_free (desk_submit (f->first, "record.patch", network_json ("{'t':'task','id':'%s','set':{'staff':{'old':'%s','new':'%s'}}}", task, f->xen, f->yan)));
  desk_run (f->first);
  desk_run (f->second);
  staff = desk_field (f->second, "task", task, "staff");
  g_assert_cmpstr (staff, ==, f->yan);
  g_assert_true (is_on (f, f->second, f->zoe));
  g_assert_cmpuint (told (f, f->second, f->number), ==, 1);
}

/* Nobody was on the client: both gave it to somebody, and the second is told that it is with two now. */
static void
test_given (Town *f, gconstpointer data)
{
  g_autofree char *other = network_id (f->net);

  assign (f, f->first, "remove", f->xen);
  desk_run (f->first);
  desk_run (f->second);
  move (f, f->second, f->transfer, NULL, f->zoe);
  move (f, f->first, other, NULL, f->yan);
  desk_run (f->first);
  desk_run (f->second);
  g_assert_true (is_on (f, f->second, f->zoe));
  g_assert_true (is_on (f, f->second, f->yan));
  g_assert_cmpuint (told (f, f->second, f->number), ==, 1);
  g_assert_cmpuint (told (f, f->first, NULL), ==, 0);
}

/* Taken back, when the one who got the client had come onto a case of it meanwhile, and stays (A11). */
static void
test_back (Town *f, gconstpointer data)
{
  g_autofree char *opened = network_id (f->net), *number = kith_store_next_number (f->x->store, NULL);

  g_free (desk_submit (f->x, "case.open", network_json ("{'id':'%s','number':'%s','client':'%s','title':'A home'}", opened, number, f->client)));
  desk_run (f->x);
  desk_run (f->first);
  desk_run (f->second);
  move (f, f->second, f->transfer, f->xen, f->zoe);
  desk_run (f->second);
  desk_run (f->first);
  assign (f, f->first, "remove", f->zoe);
  assign (f, f->first, "add", f->zoe);
  take_back (f->second, f->transfer);
  g_assert_false (is_on (f, f->second, f->zoe));
  desk_run (f->first);
  desk_run (f->second);
  g_assert_true (is_on (f, f->second, f->zoe)); /* by the later act */
  g_assert_true (is_on (f, f->second, f->xen));
  g_assert_cmpuint (told (f, f->second, f->number), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/crossed/" name, Town, NULL, set_up, func, tear_down)
  ADD ("A9-C17-listed", test_listed);
  ADD ("C17-last-part", test_last_part);
  ADD ("C1-other-agency", test_other_agency);
  ADD ("known", test_known);
  ADD ("whole", test_whole);
  ADD ("A6-task", test_task);
  ADD ("given", test_given);
  ADD ("A11-back", test_back);
  return g_test_run ();
}
