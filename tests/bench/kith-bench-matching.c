/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-json.h"

/* What the hub spends on finding who may be the same person (domain.md 5), after 100,000 clients came: turn by turn, while nobody else is
 * answered. Beside it stands how long anybody may wait for the hub. */

#define CLIENTS 100000
#define TURNS 25
#define WAIT_MS 50.0

gboolean
bench_matching (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS, turns = options->runs > 0 ? options->runs : TURNS, done = 0;
  g_autofree char *path = bench_path ("hub.db");
  g_autoptr (BenchNet) net = bench_net_new (options, path, clients, error);
  gint64 looked = 0;
  BenchResult result;
  double all = 0;

  if (net == NULL)
    return FALSE;
  bench_result_init (&result, "matching", "ms", "a turn within 50 ms");
  for (guint turn = 0; turn < turns; turn++)
    {
      gint64 begun = g_get_monotonic_time ();
      double took;

      if (!kith_hub_run_clock (net->hub, &done, error))
        return FALSE;
      took = bench_seconds (begun) * 1000;
      bench_add (result.values, took);
      bench_add (result.limits, WAIT_MS);
      all += took;
      if (!kith_hub_is_behind (net->hub))
        break;
    }
  if (!kith_db_fetch_int (kith_hub_get_db (net->hub), &looked, error, "match-read", ""))
    return FALSE;
  result.more = kith_json_new ("clients", "i", (gint64) clients, "lines", "i", looked, "proposed", "i", (gint64) done, NULL);
  if (looked > 0)
    json_object_set_double_member (result.more, "ms_a_line", all / (double) looked);
  bench_report (options, &result);
  g_clear_pointer (&net, bench_net_free);
  bench_remove (path);
  return TRUE;
}
