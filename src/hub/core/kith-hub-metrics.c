/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* GET /metrics: counts since the start, and what is set aside now, in the text form monitoring tools read. No name, id or login is ever in it. */
void
kith_hub_print_metrics (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer)
{
  const KithHubCounts *c = &self->counts;
  gint64 parked = 0;
  gboolean counted = kith_db_fetch_int (self->db, &parked, NULL, "parked-count", "");
  const struct
  {
    const char *name;
    guint64 value;
  } lines[] = {
    { "kith_requests_total", c->requests },
    { "kith_requests_refused_total", c->refused_requests },
    { "kith_pushes_total", c->pushes },
    { "kith_pulls_total", c->pulls },
    { "kith_waits_total", c->waits },
    { "kith_operations_total{outcome=\"applied\"}", c->ops_applied },
    { "kith_operations_total{outcome=\"merged\"}", c->ops_merged },
    { "kith_operations_total{outcome=\"noop\"}", c->ops_noop },
    { "kith_operations_total{outcome=\"rejected\"}", c->ops_rejected },
    { "kith_operations_total{outcome=\"parked\"}", c->ops_parked },
    { "kith_rows_sent_total", c->rows_sent },
    { "kith_rows_missing_total", c->rows_missing },
    { "kith_forgets_total", c->forgets },
    { "kith_body_bytes_total{way=\"in\"}", c->bytes_in },
    { "kith_body_bytes_total{way=\"out\"}", c->bytes_out },
    { "kith_sign_ins_total", c->sign_ins },
    { "kith_sign_ins_failed_total", c->failed_sign_ins },
    { "kith_clock_looks_total", c->clock_looks },
    { "kith_damaged_passed_over_total", c->damaged },
    { "kith_clock_in_doubt", !kith_hub_clock_is_sound (self) },
    { "kith_subjects_settled_total", c->subjects_settled },
    { "kith_commit_number", (guint64) self->q },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append_printf (text, "%s %" G_GUINT64_FORMAT "\n", lines[i].name, lines[i].value);
  if (counted)
    g_string_append_printf (text, "kith_operations_set_aside %" G_GINT64_FORMAT "\n", parked);
  if (request->connections_most > 0)
    g_string_append_printf (text, "kith_connections %u\nkith_connections_most %u\n", request->connections, request->connections_most);
  answer->status = 200;
  answer->content_type = "text/plain; version=0.0.4";
  answer->body = g_string_free_to_bytes (text);
}
