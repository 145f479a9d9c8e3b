/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole record of a client (C19): what only it says is read once that paper is chosen, and each record of which there are lines on it says who took them
 * along (C13). */

#include "kith-print-window-private.h"

#define WITHOUT_NOTES "Whole record, without case notes"

/* What a computer keeps for those with the flag is not printed by somebody who has lost it (U10). */
static GPtrArray *
take_readable (KithPrintWindow *self, KithPaperPart part, GPtrArray *rows)
{
  GPtrArray *readable;

  if (!hides_health (self) || (part != KITH_PART_HEALTH && !kith_paper_part_is_of_cases (part)))
    return g_ptr_array_ref (rows);
  readable = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; part != KITH_PART_HEALTH && i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_text (rows->pdata[i], "sensitivity"), "general") == 0)
      g_ptr_array_add (readable, g_object_ref (rows->pdata[i]));
  return readable;
}

static void
part_cb (GPtrArray *rows, gpointer user_data)
{
  KithPrintPart *part = user_data;
  KithPrintWindow *self = part->window;
  KithPaperPart which = part - self->parts;

  g_clear_pointer (&part->rows, g_ptr_array_unref);
  part->rows = take_readable (self, which, rows);
  g_clear_pointer (&self->allowed_for, g_free); /* what came with them is noted, too (C13) */
  kith_print_window_set_asking (self, self->asking);
  kith_print_window_check_fonts (self);
}

static void
links_cb (GPtrArray *rows, gpointer user_data)
{
  KithPrintWindow *self = user_data;

  g_clear_pointer (&self->links, g_ptr_array_unref);
  self->links = g_ptr_array_ref (rows);
  g_clear_pointer (&self->allowed_for, g_free);
  kith_print_window_set_asking (self, self->asking);
  kith_print_window_check_fonts (self); /* these may be what it waited for */
}

/* The right to what is about health may end while the paper is chosen: what was read before stays off it. */
void
kith_print_window_forget_unreadable (KithPrintWindow *self)
{
  for (guint i = 0; i < KITH_N_PARTS; i++)
    if (self->parts[i].rows)
      {
        g_autoptr (GPtrArray) rows = g_steal_pointer (&self->parts[i].rows);

        self->parts[i].rows = take_readable (self, i, rows);
      }
  kith_print_window_check_fonts (self);
}

/* With whom somebody lives stands on the face sheet, too. */
static gboolean
is_on_paper (KithPrintWindow *self, KithPaperPart part)
{
  return is_whole (self) || (self->client && part == KITH_PART_HOUSEHOLD && chosen_paper (self) == KITH_PAPER_FACE_SHEET);
}

/* Only for whom wants all of it: there may be thousands of services. */
void
kith_print_window_ask_parts (KithPrintWindow *self)
{
  static const char *const kinds[] = { "household_member", "client_billing", "client_health", "case", "case_note", "assessment", "goal", "enrollment", "task", "document",
                                       "service_event", "referral", "referral_course", NULL };
  static const char *const link_kinds[] = { "match", "client", NULL };

  gtk_widget_set_visible (GTK_WIDGET (self->notes), is_whole (self));
  if (is_whole (self) && !self->links_watch)
    self->links_watch = kith_watch_new (self->context, "client-links", link_kinds, self->client, links_cb, self);
  for (guint i = 0; i < KITH_N_PARTS; i++)
    if (is_on_paper (self, i) && !self->parts[i].watch)
      {
        self->parts[i].window = self;
        self->parts[i].watch = kith_watch_new (self->context, kith_paper_part_query (i), kinds, self->client, part_cb, &self->parts[i]);
      }
  kith_print_window_set_asking (self, self->asking);
}

gboolean
kith_print_window_has_parts (KithPrintWindow *self)
{
  for (guint i = 0; i < KITH_N_PARTS; i++)
    if (is_on_paper (self, i) && !self->parts[i].rows)
      return FALSE;
  return self->links != NULL || !is_whole (self);
}

void
kith_print_window_forget_parts (KithPrintWindow *self)
{
  for (guint i = 0; i < KITH_N_PARTS; i++)
    {
      g_clear_object (&self->parts[i].watch);
      g_clear_pointer (&self->parts[i].rows, g_ptr_array_unref);
    }
  g_clear_object (&self->links_watch);
  g_clear_pointer (&self->links, g_ptr_array_unref);
}

/* Not translated: the log is read by others than who prints. */
const char *
kith_print_window_detail (KithPrintWindow *self)
{
  return is_whole (self) && !kith_switch_row_get_active (self->notes) ? WITHOUT_NOTES : kith_paper_title (chosen_paper (self));
}

/**
 * kith_print_window_list_parts:
 * @parts: (out caller-allocates): [KITH_N_PARTS], of what was chosen; borrowed
 */
void
kith_print_window_list_parts (KithPrintWindow *self, GPtrArray **parts)
{
  for (guint i = 0; i < KITH_N_PARTS; i++)
    parts[i] = kith_paper_part_is_of_cases (i) && !kith_switch_row_get_active (self->notes) ? NULL : self->parts[i].rows;
}

/* Once for each case, also where it has its line, notes, an assessment and goals. */
static void
note_cases (KithPrintWindow *self, const char *what, const char *detail, gboolean with_notes)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint p = 0; p < KITH_N_PARTS; p++)
    for (guint i = 0; (p == KITH_PART_CASES || (with_notes && kith_paper_part_is_of_cases (p))) && self->parts[p].rows && i < self->parts[p].rows->len; i++)
      {
        KithRow *row = self->parts[p].rows->pdata[i];
        const char *id = p == KITH_PART_CASES ? kith_row_get_id (row) : kith_row_get_text (row, "case");

        if (id && g_hash_table_add (noted, (gpointer) id))
          kith_context_audit (self->context, what, kith_row_get_text (row, "client"), "case", id, detail);
      }
}

/* When the hub has allowed it: of linked records and of cases, before the paper exists (C13). It goes by what was asked for, not by what is chosen by now. */
void
kith_print_window_note_parts (KithPrintWindow *self)
{
  g_auto (GStrv) asked = g_strsplit (self->allowed_for, ":", 2); /* what is made, of which paper */
  gboolean with_notes = g_str_equal (asked[1], kith_paper_title (KITH_PAPER_RECORD));

  if (!with_notes && !g_str_equal (asked[1], WITHOUT_NOTES))
    return;
  note_cases (self, asked[0], asked[1], with_notes);
  for (guint i = 0; self->links && i < self->links->len; i++)
    {
      const char *linked = kith_row_get_id (self->links->pdata[i]);

      kith_context_audit (self->context, asked[0], linked, "client", linked, asked[1]);
    }
}
