/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-choices.h"

#include "kith-format.h"

void
kith_staff_choices_add (KithReasonWindow    *window,
                        KithContext         *context,
                        GPtrArray           *rows,
                        const KithStaffNeed *needs,
                        guint                n_needs,
                        const char          *except)
{
  gint64 now = kith_context_get_now (context);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GPtrArray) best = NULL;
  g_autofree char *nobody = NULL;

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), except) != 0)
      g_ptr_array_add (others, rows->pdata[i]);
  best = kith_staff_best_first (others, needs, n_needs, now);
  nobody = kith_staff_nobody_words (others, needs, n_needs, now);
  if (nobody)
    kith_reason_window_warn (window, nobody);
  for (guint i = 0; i < best->len; i++)
    {
      g_autofree char *words = kith_staff_choice_words (best->pdata[i], needs, n_needs, now), *why = i == 0 ? kith_staff_best_words (best, needs, n_needs, now) : NULL;
      g_autofree char *detail = kith_format_join (why ? why : words, why ? words : NULL, NULL);

      kith_staff_mark_load (kith_reason_window_add_choice (window, kith_row_get_id (best->pdata[i]), kith_row_get_text (best->pdata[i], "name"), detail, FALSE),
                            best->pdata[i]);
    }
}
