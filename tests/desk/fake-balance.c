/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#include "kith-store-balance.h"

/* A proposal as the store would make it, from "balance-people" and "balance-moves". */

static void
person_free (gpointer data)
{
  KithProposalPerson *person = data;

  g_free (person->id);
  g_free (person->name);
  g_free (person);
}

static void
move_free (gpointer data)
{
  KithProposalMove *move = data;
  char *texts[] = { move->client, move->name, move->number, move->from, move->from_name, move->to, move->to_name, move->need };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (move);
}

KithProposal *
kith_store_propose_balance (KithDb *db, const char *agency, const char *today, guint most, GError **error)
{
  KithDesktop *desktop = (KithDesktop *) db;
  JsonArray *people = fake_desktop_list (desktop, "balance-people"), *moves = fake_desktop_list (desktop, "balance-moves");
  KithProposal *self = g_new0 (KithProposal, 1);

  self->people = g_ptr_array_new_with_free_func (person_free);
  self->moves = g_ptr_array_new_with_free_func (move_free);
  for (guint i = 0; people && i < json_array_get_length (people); i++)
    {
      JsonObject *row = json_array_get_object_element (people, i);
      KithProposalPerson *person = g_new0 (KithProposalPerson, 1);

      person->id = g_strdup (kith_json_string (row, "id"));
      person->name = g_strdup (kith_json_string (row, "name"));
      person->before = person->after = (guint) kith_json_int (row, "before", 0);
      person->left = kith_json_bool (row, "left", FALSE);
      person->away = kith_json_bool (row, "away", FALSE);
      g_ptr_array_add (self->people, person);
    }
  for (guint i = 0; moves && i < json_array_get_length (moves); i++)
    {
      JsonObject *row = json_array_get_object_element (moves, i);
      KithProposalMove *move = g_new0 (KithProposalMove, 1);

      move->client = g_strdup (kith_json_string (row, "client"));
      move->name = g_strdup (kith_json_string (row, "name"));
      move->number = g_strdup (kith_json_string (row, "number"));
      move->from = g_strdup (kith_json_string (row, "from"));
      move->from_name = g_strdup (kith_json_string (row, "from_name"));
      move->to = g_strdup (kith_json_string (row, "to"));
      move->to_name = g_strdup (kith_json_string (row, "to_name"));
      move->need = g_strdup (kith_json_string (row, "need"));
      move->lacks = move->to ? KITH_BALANCE_FITS : KITH_BALANCE_NO_LANGUAGE;
      move->weight = (guint) kith_json_int (row, "weight", 1);
      g_ptr_array_add (self->moves, move);
    }
  return self;
}

void
kith_proposal_free (KithProposal *self)
{
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->moves);
  g_free (self);
}
