/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"

#include "kith-desktop-hits.h"
#include "kith-text.h"

/* What inbox-found and sent-found keep, of the rows of the lists: agency, phases, whose, service, late, text. */
static gboolean
referral_is_kept (char **args, JsonObject *row)
{
  const char *phase = kith_json_string (row, "phase"), *assignee = kith_json_string (row, "assignee"), *due = kith_json_string (row, "due_on");
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", phase ? phase : "");
  g_autofree char *words = g_strdup_printf ("%s %s %s", kith_json_string (row, "contact_name") ? kith_json_string (row, "contact_name") : "",
                                            kith_json_string (row, "number") ? kith_json_string (row, "number") : "",
                                            kith_json_string (row, "resource_name") ? kith_json_string (row, "resource_name") : "");
  g_autofree char *folded = kith_text_fold (words);

  return strstr (args[1], quoted) && (!*args[2] || g_strcmp0 (assignee ? assignee : "none", args[2]) == 0)
         && (!*args[3] || g_strcmp0 (kith_json_string (row, "service"), args[3]) == 0) && (!*args[4] || (due && strcmp (due, args[4]) < 0))
         && (!*args[5] || strstr (folded, args[5]));
}

/* agency and me, then what was typed. */
static gboolean
case_is_kept (char **args, JsonObject *row)
{
  static const char *const columns[] = { "number", "title", "given_name", "family_name" };
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (kith_json_string (row, columns[i]))
      g_string_append_printf (words, " %s", kith_json_string (row, columns[i]));
  folded = kith_text_fold (words->str);
  return strstr (folded, args[2]) != NULL;
}

/* A match expression, as the page of calls makes it: ana and lop are typed as find : ("ana"* AND "lop"*). Each of its words begins one of the row. */
static gboolean
call_is_kept (char **args, JsonObject *row)
{
  static const char *const columns[] = { "number", "caller_name", "name" };
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = g_strsplit (args[0], "\"", -1);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (kith_json_string (row, columns[i]))
      g_string_append_printf (words, " %s", kith_json_string (row, columns[i]));
  folded = kith_text_fold (words->str);
  for (guint i = 1; parts[i] && parts[i + 1]; i += 2)
    {
      g_autofree char *padded = g_strconcat (" ", folded, NULL), *begins = g_strconcat (" ", parts[i], NULL);

      if (!strstr (padded, begins))
        return FALSE;
    }
  return TRUE;
}

/* queue, status, whose, before, text. */
static gboolean
card_is_kept (char **args, JsonObject *row)
{
  g_autofree char *words = g_strdup_printf ("%s %s %s", kith_json_string (row, "contact_name"), kith_json_string (row, "number"),
                                            kith_json_string (row, "resource_name"));
  g_autofree char *folded = kith_text_fold (words);

  return g_strcmp0 (kith_json_string (row, "_arg"), args[0]) == 0 && g_strcmp0 (kith_json_string (row, "_arg2"), args[1]) == 0 &&
         (!*args[2] || g_strcmp0 (kith_json_string (row, "assignee"), args[2]) == 0) &&
         (!*args[3] || strcmp (kith_json_string (row, "moved_at"), args[3]) < 0) && (!*args[4] || strstr (folded, args[4]));
}

/* Does a text hold each word of a JSON array? One that is not there is not known to. */
static gboolean
has_words (const char *text, const char *words)
{
  g_autoptr (JsonNode) node = json_from_string (words, NULL);
  JsonArray *array = json_node_get_array (node);
  g_autofree char *folded = kith_text_fold (text);

  for (guint i = 0; text && i < json_array_get_length (array); i++)
    if (!strstr (folded, json_array_get_string_element (array, i)))
      return FALSE;
  return TRUE;
}

/* organization, direct, free, languages, place, eligible, open, ages, point, no_cost. What the columns do not have stands in members of their own. */
static gboolean
service_is_kept (char **args, JsonObject *row)
{
  JsonArray *languages = kith_json_array (row, "_languages");
  const char *free = kith_json_string (row, "free");
  gboolean spoken = g_str_equal (args[3], "[]");

  for (guint i = 0; !spoken && languages && i < json_array_get_length (languages); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", json_array_get_string_element (languages, i));

      spoken = strstr (args[3], quoted) != NULL;
    }
  return spoken && (!*args[0] || g_strcmp0 (kith_json_string (row, "organization"), args[0]) == 0) &&
         (!*args[1] || kith_json_int (row, "direct", 0) == 1) && (!*args[2] || (free && !g_str_equal (free, "0"))) &&
         has_words (kith_json_string (row, "_place"), args[4]) && has_words (kith_json_string (row, "_eligible"), args[5]) &&
         (!*args[6] || !kith_json_bool (row, "_closed", FALSE)) && (!*args[9] || g_strcmp0 (kith_json_string (row, "_cost"), "0") != 0);
}

static void
tell_column (JsonObject *row, const char *column, const char *value)
{
  if (value)
    json_object_set_string_member (row, column, value);
  else
    json_object_remove_member (row, column);
}

static gboolean
ages_leave_out (const char *ages, JsonObject *row)
{
  g_autoptr (JsonNode) node = *ages ? json_from_string (ages, NULL) : NULL;
  JsonArray *array = node ? json_node_get_array (node) : NULL;
  gint64 from = kith_json_int (row, "minimum_age", 0), to = kith_json_int (row, "maximum_age", 0);

  return array && (json_array_get_int_element (array, 1) < from || (to > 0 && json_array_get_int_element (array, 0) > to));
}

/* The columns that the list of all services has not. */
static void
tell_unsure (char **args, JsonObject *row)
{
  const char *open = *args[6] ? kith_json_string (row, "_open") ? kith_json_string (row, "_open") : "3" : NULL;
  const char *near = g_str_equal (args[4], "[]") ? NULL : kith_json_string (row, "_place") ? "2" : "1";
  const char *for_whom = g_str_equal (args[5], "[]") ? NULL : kith_json_string (row, "_eligible") ? "2" : "1";
  const char *no_cost = !*args[9] ? NULL : kith_json_string (row, "_cost") ? kith_json_string (row, "_cost") : "1";
  gboolean unsure = g_strcmp0 (open, "1") == 0 || g_strcmp0 (no_cost, "1") == 0 || g_strcmp0 (no_cost, "3") == 0 || g_strcmp0 (near, "1") == 0 || g_strcmp0 (for_whom, "1") == 0;

  tell_column (row, "open", open);
  tell_column (row, "near", near);
  tell_column (row, "for_whom", for_whom);
  tell_column (row, "no_cost", no_cost);
  tell_column (row, "fees", g_strcmp0 (no_cost, "1") == 0 ? kith_json_string (row, "_fees") : NULL);
  tell_column (row, "area", g_strcmp0 (near, "1") == 0 ? kith_json_string (row, "_area") : near ? kith_json_string (row, "_place") : NULL);
  tell_column (row, "metres", !*args[8] ? NULL : kith_json_string (row, "_metres") ? kith_json_string (row, "_metres") : "-1");
  tell_column (row, "unsure", ages_leave_out (args[7], row) ? "2" : unsure ? "1" : "0");
}

static guint
distance (KithRow *row)
{
  return (guint) kith_row_get_int (row, "metres"); /* -1: far */
}

static int
compare_unsure (gconstpointer a, gconstpointer b)
{
  KithRow *one = *(KithRow *const *) a, *other = *(KithRow *const *) b;
  gint64 unsure = kith_row_get_int (one, "unsure") - kith_row_get_int (other, "unsure");

  return unsure != 0 ? (int) unsure : (distance (one) > distance (other)) - (distance (one) < distance (other));
}

guint
fake_found_count_unsure (GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += kith_row_get_int (rows->pdata[i], "unsure") > 0;
  return n;
}

/* As the real one: what is not known to fit comes after what does, and the nearest come first. */
void
fake_found_order (GPtrArray *rows)
{
  for (guint i = 1; i < rows->len; i++) /* keeps the order of equals */
    for (guint k = i; k > 0 && compare_unsure (&rows->pdata[k - 1], &rows->pdata[k]) > 0; k--)
      {
        gpointer row = rows->pdata[k];

        rows->pdata[k] = rows->pdata[k - 1];
        rows->pdata[k - 1] = row;
      }
}

/* me, mine, program, site, consent, language, now. What the columns do not have stands in members of their own. */
static gboolean
client_is_kept (char **args, JsonObject *row)
{
  const char *consent = kith_json_string (row, "consent") ? kith_json_string (row, "consent") : "none";

  return (!*args[1] || kith_json_int (row, "mine", 0) == 1) && (!*args[2] || g_strcmp0 (kith_json_string (row, "_program"), args[2]) == 0) &&
         (!*args[3] || g_strcmp0 (kith_json_string (row, "_site"), args[3]) == 0) && (!*args[4] || g_str_equal (consent, args[4])) &&
         (!*args[5] || g_strcmp0 (kith_json_string (row, "_language"), args[5]) == 0);
}

const char *const *
fake_found_lists (const char *query)
{
  static const char *const services[] = { "services-all", NULL };
  static const char *const inbox[] = { "inbox-new", "inbox-work", "inbox-closed", NULL }, *const sent[] = { "sent-open", "sent-closed", "sent-given", "sent-drafts", NULL };
  static const char *const cases[] = { "cases-all", NULL }, *const board[] = { "board-cards", NULL };

  static const char *const clients[] = { "clients-all", NULL }, *const calls[] = { "contacts-all", NULL };

  if (g_str_equal (query, "services-found"))
    return services;
  if (g_str_equal (query, "clients-found"))
    return clients;
  if (g_str_equal (query, "contacts-found"))
    return calls;
  return g_str_equal (query, "cases-found") ? cases : g_str_equal (query, "board-found") ? board : g_str_equal (query, "inbox-found") ? inbox : sent;
}

gboolean
fake_found_keeps (const char *query, char **args, JsonObject *row)
{
  if (g_str_equal (query, "services-found"))
    {
      tell_unsure (args, row);
      return service_is_kept (args, row);
    }
  if (g_str_equal (query, "clients-found"))
    return client_is_kept (args, row);
  if (g_str_equal (query, "contacts-found"))
    return call_is_kept (args, row);
  return g_str_equal (query, "cases-found") ? case_is_kept (args, row) : g_str_equal (query, "board-found") ? card_is_kept (args, row) : referral_is_kept (args, row);
}

/* Every word typed begins a word of the row. */
static gboolean
matches (JsonObject *row, char **words)
{
  g_autoptr (GString) text = g_string_new (" ");
  g_autofree char *folded = NULL;
  GList *values = json_object_get_values (row);

  for (GList *l = values; l; l = l->next)
    if (JSON_NODE_HOLDS_VALUE (l->data) && json_node_get_value_type (l->data) == G_TYPE_STRING)
      g_string_append_printf (text, "%s ", json_node_get_string (l->data));
  g_list_free (values);
  folded = kith_text_fold (text->str);
  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *padded = g_strconcat (" ", folded, NULL);
      g_autofree char *start = g_strconcat (" ", words[i], NULL);

      if (*words[i] && !strstr (padded, start))
        return FALSE;
    }
  return TRUE;
}

static guint in_sight = G_MAXUINT;

void
kith_desktop_search_async (KithDesktop *self, const char *kind, const char *text, guint limit, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_search_in_async (self, kind, NULL, NULL, text, limit, cancellable, callback, user_data);
}

/* Those out of sight come blank, as in the real one. */
void
kith_desktop_search_seen_async (KithDesktop *self, const char *kind, const char *text, guint limit, guint at_once, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  in_sight = at_once;
  kith_desktop_search_async (self, kind, text, limit, cancellable, callback, user_data);
  in_sight = G_MAXUINT;
}

void
kith_desktop_search_rest_async (KithDesktop *self, const char *kind, GPtrArray *rows, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  for (guint i = 0; i < rows->len; i++)
    fake_row_fill (rows->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

gboolean
kith_desktop_search_rest_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kith_desktop_search_told_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_search_in_async (self, kind, list, args, text, limit, cancellable, callback, user_data);
}

void
kith_desktop_search_in_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *folded = kith_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  const char *query = g_str_equal (kind, "client") ? "clients-all" : g_str_equal (kind, "service") ? "services-all"
                      : g_str_equal (kind, "organization") ? "organizations-all" : g_str_equal (kind, "case") ? "cases-all"
                      : g_str_equal (kind, "taxonomy_term") ? "terms-all" : g_str_equal (kind, "contact_record") ? "contacts-all" : kind;
  JsonArray *rows = fake_desktop_list (self, query);
  GPtrArray *found;

  if (fake_desktop_answer_unreadable (self, task))
    return;
  found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; rows && i < json_array_get_length (rows) && (list || found->len <= limit); i++)
    if (matches (json_array_get_object_element (rows, i), words) &&
        (!list || fake_found_keeps (list, (char **) args, json_array_get_object_element (rows, i))))
      g_ptr_array_add (found, fake_row_new (json_array_get_object_element (rows, i)));
  fake_found_order (found);
  g_object_set_data (G_OBJECT (task), "more", GINT_TO_POINTER (found->len > limit || kith_json_bool (fake_desktop_get_data (self), "_search_cut", FALSE)));
  g_ptr_array_set_size (found, MIN (found->len, limit));
  for (guint i = in_sight; i < found->len; i++)
    fake_row_blank (found->pdata[i]);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
kith_desktop_search_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error)
{
  if (more)
    *more = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "more"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Nothing is read by and by here. */
KithListModel *
kith_list_model_new_first (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args, guint first)
{
  return kith_list_model_new (desktop, query, kinds, args);
}
