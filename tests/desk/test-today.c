/* SPDX-License-Identifier: GPL-3.0-or-later */

/* My Day (ux.md 2.1): what is done and put off there, by button and by key. */

#include "desk-fixture.h"
#include "kith-draft-words.h"

#define FIRST_TASK "7a000000-0000-7000-8000-000000000001"

static GtkWidget *
line_of (Fixture *fixture, const char *list, int i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), list)), i));
}

static GtkWidget *
find_type (GtkWidget *inside, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (inside, type) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

/* The line is put off from its button, whatever has the focus; its menu says when it comes back. */
static void
test_put_off (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *words, *until; } days[] = {
    { "Until Tomorrow, Sat 21 Nov", "2026-11-21T00:00:00.000Z" }, { "Until Mon 23 Nov", "2026-11-23T00:00:00.000Z" }, { "Until Fri 27 Nov", "2026-11-27T00:00:00.000Z" },
  };
  GtkWidget *line, *button;
  GMenuModel *menu;

  open_place (fixture, "today");
  line = line_of (fixture, "tasks", 0);
  g_assert_true (says (line, "S"));
  g_assert_true (says (line, "D"));
  gtk_widget_grab_focus (line);
  g_assert_true (act (fixture, "today.snooze-longer"));
  button = find_type (line, GTK_TYPE_MENU_BUTTON);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, G_N_ELEMENTS (days));
  gtk_widget_grab_focus (line_of (fixture, "referrals", 0));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *words = NULL, *action = NULL;
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (menu, (int) i, G_MENU_ATTRIBUTE_TARGET, NULL);

      g_assert_true (g_menu_model_get_item_attribute (menu, (int) i, G_MENU_ATTRIBUTE_LABEL, "s", &words));
      g_assert_true (g_menu_model_get_item_attribute (menu, (int) i, G_MENU_ATTRIBUTE_ACTION, "s", &action));
      g_assert_cmpstr (words, ==, days[i].words);
      g_assert_true (gtk_widget_activate_action_variant (button, action, target));
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "task.snooze"), "task"), ==, FIRST_TASK);
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "task.snooze"), "until"), ==, days[i].until);
    }
  pump (100);
  SAYS ("Put off until Fri 27 Nov: Fetch the letter from the benefits office");
}

static float
top_of (Fixture *fixture, const char *list)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), list);
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->window), &bounds));
  return bounds.origin.y;
}

/* What is due comes first, then who waits, then what comes next; a task whose day has not come stands behind these (ux.md 2.1). */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const lists[] = { "tasks", "referrals", "steps", "later", "others" };
  open_place (fixture, "today");
  for (guint i = 1; i < G_N_ELEMENTS (lists); i++)
    g_assert_cmpfloat (top_of (fixture, lists[i - 1]), <, top_of (fixture, lists[i]));
  g_assert_true (says (line_of (fixture, "later", 0), "Write the monthly report"));
  g_assert_null (line_of (fixture, "tasks", 2));
  /* One comes there to what is due, and the arrows lead from the last of it to who waits. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == line_of (fixture, "tasks", 0));
  for (guint i = 0; i < 2; i++)
    g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "tasks"), "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == line_of (fixture, "referrals", 0));
}

/* A referral's line has the same button. */
static void
test_put_off_referral (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line;

  open_place (fixture, "today");
  line = line_of (fixture, "referrals", 1);
  gtk_widget_grab_focus (line);
  g_assert_true (act (fixture, "today.snooze-longer"));
  g_assert_true (gtk_widget_activate_action (find_type (line, GTK_TYPE_MENU_BUTTON), "today.put-off", "(sssu)", "referral", WORKED_ON, "Thu", 3));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.snooze"), "referral"), ==, WORKED_ON);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.snooze"), "until"), ==, "2026-11-23T00:00:00.000Z");
  pump (100);
  SAYS ("Put off until Mon 23 Nov: Thu");
}

/* The tick does the task whose line it stands in. */
static void
test_tick (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "today");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_type (line_of (fixture, "tasks", 0), GTK_TYPE_CHECK_BUTTON)), TRUE);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "task.done"), "task"), ==, FIRST_TASK);
}

/* Without a hub what is shown has an age. */
static void
test_age (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "today");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "age"));
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS - 25 * 60 * 1000, NOW_MS - 24 * 60 * 1000);
  pump (50);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "age"))), ==, "As of 13:40");
}

/* Nothing waits: what comes next, of tasks, of those put off and of the steps of cases. */
static void
test_next (Fixture *fixture, gconstpointer data)
{
  JsonObject *all = fake_desktop_get_data (fixture->desktop);
  g_autoptr (GList) names = NULL;
  JsonArray *mine = json_array_new ();
  GtkWidget *next;

  open_place (fixture, "clients");
  fake_desktop_set_empty (fixture->desktop, TRUE);
  open_place (fixture, "today");
  pump (150);
  SAYS ("Nothing Waits for You");
  next = find_widget (GTK_WIDGET (fixture->window), "next");
  g_assert_null (next);
  names = json_object_get_members (all);
  for (GList *l = names; l; l = l->next)
    if (JSON_NODE_HOLDS_ARRAY (json_object_get_member (all, l->data)))
      json_object_set_array_member (all, l->data, json_array_new ());
  json_array_add_object_element (mine, kith_json_new ("id", "s", "t1", "subject", "s", "Was put off", "due_on", "s", "2026-11-18", "snoozed_until", "s", "2026-12-03T00:00:00.000Z",
                                                      "client", "s", MARIA, "given_name", "s", "María", "family_name", "s", "López", NULL));
  json_array_add_object_element (mine, kith_json_new ("id", "s", "t2", "subject", "s", "Much later", "due_on", "s", "2027-01-08", NULL));
  json_object_set_array_member (all, "tasks-mine", mine);
  fake_desktop_set_empty (fixture->desktop, FALSE);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "task", "case", NULL });
  pump (200);
  next = find_widget (GTK_WIDGET (fixture->window), "next");
  g_assert_nonnull (next);
  g_assert_true (says (next, "Was put off"));
  g_assert_true (says (next, "3 Dec 2026 · María López"));
  /* Every few minutes the day is looked at again: nobody who stands there is moved by it, nor when something else of it comes in. */
  g_assert_true (gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD));
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (200);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), next));
  json_object_set_string_member (json_array_get_object_element (mine, 0), "subject", "Was put off again");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "task", NULL });
  pump (200);
  g_assert_true (says (next, "Was put off again"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), next));
  gtk_widget_activate (find_type (next, GTK_TYPE_LIST_BOX_ROW));
  pump (100);
  {
    g_autofree char *place = kith_frame_get_place (kith_window_get_frame (fixture->window));

    g_assert_cmpstr (place, ==, "clients/" MARIA);
  }
}

/* P16, C17: a notice itself names nobody; who it is about is of the record on this computer, with the number this person knows it by (P12). */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  guint n = json_array_get_length (fake_desktop_list (fixture->desktop, "notices-new")), before = fake_desktop_get_n_submitted (fixture->desktop);
  const char *op;

  open_place (fixture, "today");
  g_assert_true (says (line_of (fixture, "notices", 2), "Fatima Yusuf · Eastlake Family Clinic · EC-0017 · yesterday 15:20"));
  g_assert_true (says (line_of (fixture, "notices", 1), "HA-0042 · 06:00")); /* the client is not told of here */
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "read_all"), "clicked");
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + n);
  for (guint i = 0; i < n; i++)
    {
      fake_desktop_get_submitted (fixture->desktop, before + i, &op);
      g_assert_cmpstr (op, ==, "notice.read");
    }
  SAYS ("All read");
}

static JsonArray *
make_rows (Fixture *fixture, const char *query, guint n, const char *member, gint64 value)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%02u", query, i), *words = g_strdup_printf ("%s %02u", query, i);

      json_array_add_object_element (rows, kith_json_new ("id", "s", id, "subject", "s", words, "resource_name", "s", words, "title", "s", words, "due_on", "s", "2026-11-18", "phase", "s", "sent",
                                                          "waits", "s", "answer", "type", "s", "note", "at", "s", "2026-11-19T15:20:00.000Z", "sent_at", "s", "2026-11-17T18:00:00.000Z",
                                                          member, "i", value, NULL));
    }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, rows);
  return rows;
}

static guint
count_lines (Fixture *fixture, const char *list)
{
  guint n = 0;

  while (line_of (fixture, list, (int) n))
    n++;
  return n;
}

static void
choose_line (Fixture *fixture, const char *list, int i)
{
  GtkWidget *line = line_of (fixture, list, i);

  gtk_widget_grab_focus (line);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), list), "row-activated", line);
  pump (200);
}

/* What waits is never left out in silence: a list that goes on says so in its last line, which leads to more by Enter, and the sidebar tells of all. */
static void
test_more (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *query, *list, *member; gint64 value; } lists[] = {
    { "referrals-waiting", "referrals", "n_waiting", 55 }, { "tasks-due", "tasks", "n_due", 60 }, { "cases-due", "steps", "x", 0 }, { "notices-new", "notices", "x", 0 },
  };
  guint n_confirm;

  open_place (fixture, "clients");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    make_rows (fixture, lists[i].query, 0, "x", 0);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "today");
  n_confirm = kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  open_place (fixture, "clients");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    make_rows (fixture, lists[i].query, 60, lists[i].member, lists[i].value);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "today");
  pump (300);
  g_assert_cmpuint (kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window))) - n_confirm, ==, 55 + 60 + 60);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      guint others = i == 2 ? 1 : 0; /* a case without a next step stands behind those with one */

      g_assert_cmpuint (count_lines (fixture, lists[i].list), ==, 51 + others);
      g_assert_true (says (line_of (fixture, lists[i].list, 50), "Show More (50 of 60)"));
      if (i == 3) /* nobody has read what is not shown */
        {
          guint before = fake_desktop_get_n_submitted (fixture->desktop);

          g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "read_all"), "clicked");
          pump (100);
          g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 50);
          SAYS ("50 marked as read");
        }
      choose_line (fixture, lists[i].list, 50);
      g_assert_cmpuint (count_lines (fixture, lists[i].list), ==, 60 + others);
      g_assert_false (says (find_widget (GTK_WIDGET (fixture->window), lists[i].list), "Show More"));
      g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == line_of (fixture, lists[i].list, 50)); /* what it led to */
    }
}

/* Tasks for later that come behind the due ones not shown yet: no heading stands over nothing. */
static void
test_more_later (Fixture *fixture, gconstpointer data)
{
  make_rows (fixture, "tasks-due", 60, "n_due", 55);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "today");
  pump (300);
  g_assert_true (says (line_of (fixture, "tasks", 50), "Show More (50 of 55)"));
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "later_box"));
}

/* The same of what was begun, and of records that may be one person. */
static void
test_more_begun (Fixture *fixture, gconstpointer data)
{
  JsonArray *begun = fake_desktop_list (fixture->desktop, "drafts-begun"), *matches = fake_desktop_list (fixture->desktop, "matches-open");
  GtkWidget *others;

  for (guint i = json_array_get_length (begun); i < 25; i++)
    {
      g_autofree char *key = g_strdup_printf ("edit:client:c0000000-0000-7000-8000-0000000003%02u", i);

      json_array_add_object_element (begun, kith_json_new ("id", "s", key, "at", "s", "1795178000000", "family_name", "s", "Last", NULL));
    }
  for (guint i = json_array_get_length (matches); i < 5; i++)
    {
      JsonObject *match = kith_json_copy_object (json_array_get_object_element (matches, 0));
      g_autofree char *id = g_strdup_printf ("m%u", i);

      json_object_set_string_member (match, "id", id);
      json_array_add_object_element (matches, match);
    }
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "today");
  pump (300);
  others = find_widget (GTK_WIDGET (fixture->window), "others");
  for (guint i = 0; i < 2; i++)
    {
      const char *words = i == 0 ? "Show More (20 of 25)" : "Show More (3 of 5)";
      GtkWidget *list = find_widget (others, "list"), *line = gtk_widget_get_first_child (list);

      while (line && !says (line, words))
        line = gtk_widget_get_next_sibling (line);
      g_assert_nonnull (line);
      g_signal_emit_by_name (list, "row-activated", line);
      pump (300);
      g_assert_false (says (others, words));
    }
  g_assert_false (says (others, "Show More"));
}

/* What is begun with a record that is not here has no line, and is not counted as one that is left. */
static void
test_more_lineless (Fixture *fixture, gconstpointer data)
{
  JsonArray *begun = json_array_new ();
  GtkWidget *others, *list, *line;
  guint n = 0;

  for (guint i = 0; i < 27; i++)
    {
      gboolean here = i % 3 != 0; /* 18 of them */
      g_autofree char *key = g_strdup_printf (here ? "edit:client:c0000000-0000-7000-8000-0000000003%02u" : "note:referral:e0000000-0000-7000-8000-0000000003%02u", i);

      json_array_add_object_element (begun, kith_json_new ("id", "s", key, "at", "s", "1795178000000", NULL));
    }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "drafts-begun", begun);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "today");
  pump (300);
  others = find_widget (GTK_WIDGET (fixture->window), "others");
  list = find_widget (others, "list");
  for (line = gtk_widget_get_first_child (list); line; line = gtk_widget_get_next_sibling (line))
    n += says (line, "Draft");
  g_assert_cmpuint (n, ==, 18);
  g_assert_false (says (others, "Show More (2"));
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *key = g_strdup_printf ("edit:client:c0000000-0000-7000-8000-0000000004%02u", i);

      json_array_add_object_element (begun, kith_json_new ("id", "s", key, "at", "s", "1795177000000", NULL));
    }
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (300);
  g_assert_true (says (others, "Show More (20 of 24)"));
}

/* ---- what was begun ---- */

#define AN_ID "e0000000-0000-7000-8000-000000000301"
#define HOUSE "a0000000-0000-7000-8000-000000000001"

/* Of those whose place is their record's: how the row says which that is. scope, agency, client and queue as of drafts-begun. */
static const struct
{
  const char *of; /* key of kith-draft-words.c */
  const char *key, *scope, *agency, *client, *queue, *place;
} begun_rows[] = {
  { "refer:", "refer:client:" AN_ID, "client:" AN_ID, .place = "clients/refer:" AN_ID },
  { "refer:", "refer:new", NULL, .place = "sent/new" },
  { "refer:", "refer:again:" AN_ID, "client:" MARIA, .place = "sent/again:" AN_ID ":" MARIA },
  { "refer:", "refer:again:" AN_ID, "referral_detail:" AN_ID, .place = "sent/again:" AN_ID ":" },
  { "refer:edit:", "refer:edit:" AN_ID, "client:" MARIA, .place = "sent/edit:" AN_ID ":" MARIA },
  { "refer:edit:", "refer:edit:" AN_ID, NULL, .place = "sent/edit:" AN_ID ":" },
  { "contact:new", "contact:new", NULL, .place = "contacts/new" },
  { "call:referral:", "call:referral:" AN_ID, "referral_detail:" AN_ID, MARIA, .place = "contacts/new:" AN_ID },
  { "contact:edit:", "contact:edit:" AN_ID, "contact:" AN_ID, .place = "contacts/edit:" AN_ID },
  { "contact:assign:", "contact:assign:" AN_ID, "contact:" AN_ID, .place = "contacts/assign:" AN_ID },
  { "contact:again:", "contact:again:" AN_ID, "contact:" MARIA, .place = "contacts/again:" MARIA ":" AN_ID },
  { "renew:consent:", "renew:consent:" AN_ID, "client:" MARIA, .client = MARIA, .place = "clients/renew:" MARIA ":" AN_ID },
  { "form:contact:", "form:contact:" AN_ID, "dir", .queue = MARIA, .place = "board/calls:" MARIA ":" AN_ID },
  { "form:contact:new:", "form:contact:new:" AN_ID, "dir", .queue = AN_ID, .place = "board/calls:" AN_ID ":new" },
  { "note:referral:", "note:referral:" AN_ID, "referral_detail:" AN_ID, HOUSE, .place = "sent/" AN_ID },
  { "private-note:referral:", "private-note:referral:" AN_ID, "referral_own:" AN_ID, HOUSE, .place = "sent/" AN_ID },
  { "contact:referral:", "contact:referral:" AN_ID, "referral_detail:" AN_ID, MARIA, .place = "inbox/" AN_ID },
  { "reason:move:", "reason:move:" AN_ID, "referral_detail:" AN_ID, MARIA, .place = "inbox/" AN_ID },
  { "revoke:", "revoke:" AN_ID ":", "client:" AN_ID, .place = "clients/" AN_ID },
  /* What windows ask, which have no name there but their operation's. */
  { NULL, "ask:amendment.decide:amendment:" AN_ID ":{}", "amendment:" AN_ID, .place = "corrections/" AN_ID },
  { NULL, "ask:client.open_shared::{\"client\":\"" AN_ID "\"}", NULL, .place = "clients" },
  { NULL, "ask:note.add:case_health:" AN_ID ":{}", "case_health:" AN_ID, .place = "cases/" AN_ID },
  { NULL, "reason:case.close:" AN_ID, "case:" AN_ID, .place = "cases/" AN_ID },
};

/* They hold no words, and are begun anew where they are. */
static const char *const lineless[] = {
  "import:file", /* a path: the page of imports goes on with it */
  "balance",     /* what the form proposes */
  "matches",     /* pairs to be looked at, each decided by itself */
  NULL,
};

static void
add_begun (Fixture *fixture, const char *key, const char *scope, const char *agency, const char *client, const char *queue)
{
  JsonArray *begun = json_array_new ();

  json_array_add_object_element (begun, kith_json_new ("id", "s", key, "at", "s", "1795178000000", "about", "s", AN_ID, "scope", "s", scope, "agency", "s", agency, "client", "s", client,
                                                       "queue", "s", queue, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "drafts-begun", begun);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  pump (150);
}

/* Borrowed; NULL: there is no line of a draft */
static const char *
place_of_begun (Fixture *fixture)
{
  GtkWidget *list = find_widget (find_widget (GTK_WIDGET (fixture->window), "others"), "list");

  for (GtkWidget *line = gtk_widget_get_first_child (list); line; line = gtk_widget_get_next_sibling (line))
    if (says (line, "Draft"))
      return g_object_get_data (G_OBJECT (line), "place");
  return NULL;
}

/* Calls are 2-1-1's alone, clients are not for them. */
static void
assert_rows (Fixture *fixture, KithLevel level)
{
  fake_desktop_set_level (fixture->desktop, level);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  for (guint i = 0; i < G_N_ELEMENTS (begun_rows); i++)
    if (g_str_has_prefix (begun_rows[i].place, "contacts/") == (level == KITH_LEVEL_NETWORK))
      {
        add_begun (fixture, begun_rows[i].key, begun_rows[i].scope, begun_rows[i].agency, begun_rows[i].client, begun_rows[i].queue);
        g_test_message ("%s", begun_rows[i].key);
        g_assert_cmpstr (place_of_begun (fixture), ==, begun_rows[i].place);
      }
}

/* Nothing typed is lost: whatever form begins a draft, its words are found again from My Day. */
static void
test_every_draft (Fixture *fixture, gconstpointer data)
{
  const char *of;

  open_place (fixture, "today");
  for (guint i = 0; (of = kith_draft_nth_key (i)); i++)
    {
      g_autofree char *key = g_strconcat (of, g_str_has_suffix (of, ":") ? AN_ID : "", NULL);
      gboolean known = g_strv_contains (lineless, of);

      for (guint k = 0; k < G_N_ELEMENTS (begun_rows); k++)
        known |= g_strcmp0 (begun_rows[k].of, of) == 0;
      if (known)
        continue;
      add_begun (fixture, key, NULL, NULL, NULL, NULL);
      if (!place_of_begun (fixture))
        g_error ("a draft of “%s” is offered nowhere: name its place in kith-today-drafts.c, or why it needs none in this test", of);
    }
  assert_rows (fixture, KITH_LEVEL_STANDARD);
  assert_rows (fixture, KITH_LEVEL_NETWORK);
}

/* ux.md 2.1: my open cases by their next step; those without one do not go unseen, nor bury the others. */
static void
test_stepless (Fixture *fixture, gconstpointer data)
{
  guint count;

  open_place (fixture, "today");
  count = kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  g_assert_cmpuint (count_lines (fixture, "steps"), ==, 2);
  g_assert_true (says (line_of (fixture, "steps", 0), "Call the landlord about the deposit"));
  g_assert_true (says (line_of (fixture, "steps", 1), "No next step"));
  g_assert_true (says (line_of (fixture, "steps", 1), "Thu Nguyễn · Benefits and papers"));
  make_rows (fixture, "cases-stepless", 9, "x", 0);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (200);
  g_assert_cmpuint (count_lines (fixture, "steps"), ==, 1 + 5 + 1);
  g_assert_true (says (line_of (fixture, "steps", 6), "Show More (5 of 9)"));
  g_assert_cmpuint (kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window))), ==, count); /* nobody waits for them */
  choose_line (fixture, "steps", 6);
  g_assert_cmpuint (count_lines (fixture, "steps"), ==, 1 + 9);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("today/put-off", NULL, test_put_off);
  ADD ("today/order", NULL, test_order);
  ADD ("today/put-off-referral", NULL, test_put_off_referral);
  ADD ("today/tick", NULL, test_tick);
  ADD ("today/age", NULL, test_age);
  ADD ("today/next", NULL, test_next);
  ADD ("today/news-P12-C17", NULL, test_news);
  ADD ("today/more-than-fifty", NULL, test_more);
  ADD ("today/more-later", NULL, test_more_later);
  ADD ("today/more-lineless", NULL, test_more_lineless);
  ADD ("today/more-begun", NULL, test_more_begun);
  ADD ("today/no-next-step", NULL, test_stepless);
  ADD ("today/every-draft", NULL, test_every_draft);
  return g_test_run ();
}
