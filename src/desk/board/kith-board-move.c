/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-move.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-referral-rules.h"
#include "kith-store.h"
#include "referrals/kith-queue-move.h"

/**
 * kith_board_sides_free:
 * @self: (transfer full): not NULL
 */
void
kith_board_sides_free (KithBoardSides *self)
{
  g_free (self->phase);
  g_free (self);
}

static gpointer
sides_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (store, error);
  g_autoptr (KithRecord) referral = actor ? kith_world_get (kith_store_get_world (store), "referral", data, error) : NULL;
  g_autoptr (KithBoardSides) sides = g_new0 (KithBoardSides, 1);

  if (!referral)
    return NULL;
  sides->phase = g_strdup (kith_record_string (referral, "phase"));
  sides->network = actor->level == KITH_LEVEL_NETWORK;
  sides->sides = kith_referral_sides (kith_store_get_world (store), actor, referral, error);
  return sides->sides == G_MAXUINT ? NULL : g_steal_pointer (&sides);
}

/**
 * kith_board_sides_async:
 * @referral: its id, copied
 * @cancellable: (nullable)
 *
 * Asks the store's thread; @callback runs in the main context and calls kith_board_sides_finish().
 */
void
kith_board_sides_async (KithContext        *context,
                        const char         *referral,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  kith_desktop_store_async (kith_context_get_desktop (context), sides_job, g_strdup (referral), g_free, cancellable, callback, user_data);
}

KithBoardSides *
kith_board_sides_finish (KithDesktop  *desktop,
                         GAsyncResult *result,
                         GError      **error)
{
  return kith_desktop_job_finish (desktop, result, error);
}

char *
kith_board_blocked (const KithBoardSides *sides,
                    const char           *from_name,
                    KithBoardLane        *to)
{
  const char *phase = kith_board_lane_get_phase (to);

  if (kith_board_lane_is_retired (to))
    return g_strdup (_("This status is not used any more."));
  if (kith_referral_path_sides (sides->phase, phase) == 0)
    return g_strdup_printf (_("No step leads here from “%s”."), from_name ? from_name : kith_format_code ("phase", sides->phase));
  if (kith_referral_may_move (sides->network, sides->sides, sides->phase, phase))
    return NULL;
  return g_strdup (_("Only the agency that has this referral can move it here."));
}

void
kith_board_move (GtkWidget     *page,
                 KithContext   *context,
                 const char    *queue,
                 KithRow       *card,
                 KithBoardLane *to)
{
  const KithQueueMove move = { .queue = queue, .referral = kith_row_get_id (card), .was = kith_row_get_text (card, "status"), .status = kith_board_lane_get_status (to),
                               .from = kith_row_get_text (card, "phase"), .phase = kith_board_lane_get_phase (to), .name = kith_board_lane_get_name (to),
                               .about = kith_row_get_text (card, "contact_name") };

  kith_queue_move (page, context, &move, NULL, NULL);
}
