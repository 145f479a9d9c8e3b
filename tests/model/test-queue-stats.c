/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of a queue and a period (D13, P21): numbers that can be checked by hand, and no word anybody typed. */

#include "kith-queue-stats.h"

#define SENT "2026-03-02T09:00:00.000Z"

static const KithQueueEntry entries[] = {
  { .came = SENT, .sent_at = SENT, .phase = "sent", .status = "Referred", .place = 0 },
  { .came = "2026-03-01T09:00:00.000Z", .sent_at = SENT, .phase = "sent", .status = "Referred", .place = 0 },
  { .came = SENT, .sent_at = SENT, .accepted_at = "2026-03-03T09:00:00.000Z", .phase = "in_service", .status = "Enrolled", .place = 2, .accepted = TRUE },
  { .came = SENT, .sent_at = SENT, .accepted_at = "2026-03-05T09:00:00.000Z", .closed_at = "2026-04-01T09:00:00.000Z", .phase = "closed_resolved", .outcome = "need_met",
    .status = "Graduated", .place = 4, .accepted = TRUE },
  { .came = SENT, .sent_at = SENT, .closed_at = "2026-03-02T21:00:00.000Z", .phase = "declined", .reason = "no_capacity", .status = "Declined", .place = 6 },
  { .came = SENT, .sent_at = SENT, .closed_at = "2026-03-12T09:00:00.000Z", .phase = "declined", .reason = "Zenobia Wren shouted", .status = "Declined", .place = 6 },
  { .came = SENT, .sent_at = SENT, .closed_at = SENT, .phase = "recalled", .status = NULL },
  { .came = SENT, .sent_at = SENT, .phase = "expired", .status = "Declined", .place = 6 },
  { .came = SENT, .sent_at = SENT, .phase = "voided", .status = "Referred", .place = 0 },
};

static void
test_numbers (void)
{
  static const struct { const char *name; guint n; } statuses[] = { { "Referred", 2 }, { "Enrolled", 1 }, { "Graduated", 1 }, { "Declined", 3 } };
  g_autoptr (KithQueueStats) stats = kith_queue_stats_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    kith_queue_stats_add (stats, &entries[i]);
  kith_queue_stats_finish (stats);
  g_assert_cmpuint (stats->n, ==, 8);
  g_assert_cmpuint (stats->accepted, ==, 2);
  g_assert_cmpuint (stats->declined, ==, 2);
  g_assert_cmpuint (stats->recalled, ==, 1);
  g_assert_cmpuint (stats->expired, ==, 1);
  g_assert_cmpuint (stats->waiting, ==, 2);
  g_assert_cmpuint (stats->in_work, ==, 1);
  g_assert_cmpuint (stats->closed, ==, 1);
  g_assert_cmpuint (stats->taken_out, ==, 1);
  g_assert_cmpuint (stats->waiting + stats->in_work + stats->closed + stats->declined + stats->recalled + stats->expired, ==, stats->n);
  g_assert_cmpstr (stats->oldest, ==, "2026-03-01T09:00:00.000Z");
  g_assert_cmpfloat_with_epsilon (kith_queue_stats_median (stats), 2.0, 1e-9); /* 0.5, 1, 3 and 10 days */
  g_assert_cmpuint (stats->statuses->len, ==, G_N_ELEMENTS (statuses));
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      KithQueueCount *count = g_ptr_array_index (stats->statuses, i);

      g_assert_cmpstr (count->name, ==, statuses[i].name);
      g_assert_cmpuint (count->n, ==, statuses[i].n);
    }
}

/* D3: what was only given to a client is counted too, and is neither work nor an answer awaited; domain.md 2b: what stays within an agency is a kind of its own. */
static void
test_kinds (void)
{
  static const KithQueueEntry made[] = {
    { .came = SENT, .phase = "given", .kind = "informational" }, { .came = SENT, .phase = "given", .kind = "informational" },
    { .came = SENT, .sent_at = SENT, .phase = "sent", .kind = "direct" }, { .came = SENT, .sent_at = SENT, .phase = "in_service", .kind = "internal", .accepted = TRUE },
    { .came = SENT, .sent_at = SENT, .phase = "sent", .kind = "warm" }, { .came = SENT, .phase = "voided", .kind = "informational" },
  };
  static const struct { const char *name; guint n; } kinds[] = { { "direct", 1 }, { "warm", 1 }, { "internal", 1 }, { "informational", 2 } };
  g_autoptr (KithQueueStats) stats = kith_queue_stats_new ();

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    kith_queue_stats_add (stats, &made[i]);
  kith_queue_stats_finish (stats);
  g_assert_cmpuint (stats->n, ==, 5);
  g_assert_cmpuint (stats->given, ==, 2);
  g_assert_cmpuint (stats->waiting, ==, 2);
  g_assert_cmpuint (stats->in_work, ==, 1);
  g_assert_cmpuint (stats->kinds->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      KithQueueCount *count = g_ptr_array_index (stats->kinds, i);

      g_assert_cmpstr (count->name, ==, kinds[i].name);
      g_assert_cmpuint (count->n, ==, kinds[i].n);
    }
}

/* C17, D13: a reason in words is told as "other". */
static void
test_no_words (void)
{
  g_autoptr (KithQueueStats) stats = kith_queue_stats_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    kith_queue_stats_add (stats, &entries[i]);
  kith_queue_stats_finish (stats);
  g_assert_cmpuint (stats->reasons->len, ==, 2);
  for (guint i = 0; i < stats->reasons->len; i++)
    {
      KithQueueCount *count = g_ptr_array_index (stats->reasons, i);

      g_assert_true (g_str_equal (count->name, "no_capacity") || g_str_equal (count->name, "other"));
    }
  g_assert_cmpstr (((KithQueueCount *) g_ptr_array_index (stats->outcomes, 0))->name, ==, "need_met");
}

/* domain.md 2f: what a network calls a reason counts as the code it was made for, and is told beside it; HUD counts both lists as its three. */
static void
test_own_words (void)
{
  static const KithQueueEntry own[] = {
    { .came = SENT, .phase = "declined", .reason = "no_capacity", .reason_name = "Wait list closed" },
    { .came = SENT, .phase = "declined", .reason = "no_capacity", .reason_name = "Wait list closed" },
    { .came = SENT, .phase = "declined", .reason = "no_capacity", .reason_name = "Beds under repair" },
    { .came = SENT, .phase = "declined", .reason = "no_capacity" },
    { .came = SENT, .phase = "declined", .reason = "client_declined" },
    { .came = SENT, .phase = "closed_resolved", .outcome = "need_met", .outcome_name = "Housed" },
    { .came = SENT, .phase = "closed_unresolved", .outcome = "moved_away" },
  };
  static const struct { const char *name; guint n; } results[] = { { "1", 1 }, { "2", 2 }, { "3", 4 } };
  g_autoptr (KithQueueStats) stats = kith_queue_stats_new ();
  KithQueueCount *first;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    kith_queue_stats_add (stats, &own[i]);
  kith_queue_stats_finish (stats);
  first = g_ptr_array_index (stats->reasons, 0);
  g_assert_cmpstr (first->name, ==, "no_capacity");
  g_assert_cmpuint (first->n, ==, 4);
  g_assert_cmpuint (first->own->len, ==, 2);
  g_assert_cmpstr (((KithQueueCount *) first->own->pdata[0])->name, ==, "Wait list closed");
  g_assert_cmpuint (((KithQueueCount *) first->own->pdata[0])->n, ==, 2);
  g_assert_cmpuint (((KithQueueCount *) first->own->pdata[1])->n, ==, 1);
  g_assert_null (((KithQueueCount *) stats->reasons->pdata[1])->own);
  g_assert_cmpuint (stats->results->len, ==, G_N_ELEMENTS (results));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_cmpstr (((KithQueueCount *) stats->results->pdata[i])->name, ==, results[i].name);
      g_assert_cmpuint (((KithQueueCount *) stats->results->pdata[i])->n, ==, results[i].n);
    }
}

static void
test_nothing (void)
{
  static const KithQueueEntry odd = { .came = NULL, .sent_at = "yesterday", .accepted_at = SENT, .phase = NULL };
  g_autoptr (KithQueueStats) stats = kith_queue_stats_new ();

  kith_queue_stats_finish (stats);
  g_assert_cmpuint (stats->n, ==, 0);
  g_assert_cmpfloat (kith_queue_stats_median (stats), <, 0);
  g_assert_null (stats->oldest);
  kith_queue_stats_add (stats, &odd);
  kith_queue_stats_finish (stats);
  g_assert_cmpuint (stats->n, ==, 1);
  g_assert_cmpfloat (kith_queue_stats_median (stats), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/queue-stats/D13-numbers", test_numbers);
  g_test_add_func ("/model/queue-stats/kinds-D3", test_kinds);
  g_test_add_func ("/model/queue-stats/no-words", test_no_words);
  g_test_add_func ("/model/queue-stats/2f-own-words", test_own_words);
  g_test_add_func ("/model/queue-stats/nothing", test_nothing);
  return g_test_run ();
}
