/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kith-operation.h"
#include "kith-store.h"

/* A key that ends with a colon is what such keys begin with; of two that fit the longer one stands first. */
static const struct
{
  const char *key, *title, *of;
} drafts[] = {
  { "client:new:", N_("New member of a household"), "client" },
  { "client:new", N_("New client"), "client" },
  { "edit:client:", N_("Changes to a client"), "client" },
  { "health:", N_("Health information of a client"), "client_health" },
  { "consent:client:", N_("A consent"), "consent.record" },
  { "renew:client:", N_("A consent to renew"), "consent.record" },
  { "renew:consent:", N_("A consent to renew"), "consent.record" },
  { "revoke:", N_("A revocation"), "consent.revoke" },
  { "refer:edit:", N_("Changes to a referral"), "referral.send" },
  { "refer:", N_("A referral"), "referral.send" },
  { "contact:new", N_("A call"), "contact.record" },
  { "contact:edit:", N_("Changes to a call"), "contact_record" },
  { "contact:assign:", N_("Needs of a call to assign"), "contact.record" },
  { "contact:again:", N_("Needs of a call to assign"), "contact.record" },
  { "contact:referral:", N_("A contact with the client"), "referral.record_contact" },
  { "call:referral:", N_("A call"), "contact.record" },
  { "note:referral:", N_("A message"), "referral.note" },
  { "private-note:referral:", N_("A private note"), "referral.private_note" },
  { "assign:client:", N_("Assigned staff"), "assignment.apply" },
  { "service:client:", N_("A service given"), "service.record" },
  { "note:case:", N_("A case note"), "case_note" },
  { "task:case:", N_("A task"), "task" },
  { "goal:case:", N_("A goal"), "goal" },
  { "step:case:", N_("A next step"), "case" },
  { "reason:move:", N_("A move on the board"), "queue.move" },
  { "statuses:", N_("Statuses of a queue"), NULL },
  { "form:service:", N_("Questions of a service"), NULL },
  { "form:queue:", N_("Questions of a queue"), NULL },
  { "form:contact:new:", N_("New questions to callers"), NULL },
  { "form:contact:", N_("Questions to callers"), NULL },
  { "account:", N_("An account"), "staff" },
  { "agency.configure:", N_("Settings of the agency"), "agency_settings" },
  { "capacity:", N_("A number of free places"), NULL },
  { "import:file", N_("A list of clients to import"), NULL },
  { "balance", N_("A caseload to balance"), NULL },
  { "matches", N_("Records that may be the same person"), NULL },
};

const char *
kith_draft_nth_key (guint i)
{
  return i < G_N_ELEMENTS (drafts) ? drafts[i].key : NULL;
}

gboolean
kith_draft_is_aside (const char *key)
{
  return g_str_has_prefix (key, KITH_STORE_DRAFT_ASIDE);
}

const char *
kith_draft_key (const char *key)
{
  const char *form = kith_draft_is_aside (key) ? strchr (key + strlen (KITH_STORE_DRAFT_ASIDE), ':') : NULL;

  return form ? form + 1 : key;
}

static int
find (const char *kept)
{
  const char *key = kith_draft_key (kept);

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    if (g_str_has_suffix (drafts[i].key, ":") ? g_str_has_prefix (key, drafts[i].key) : g_str_equal (key, drafts[i].key))
      return i;
  return -1;
}

/* What a window asked, by the operation it is for: "ask:OP:…" and "reason:OP:…". NULL: it is for none. */
static const KithOperation *
operation_of (const char *key)
{
  g_auto (GStrv) parts = g_strsplit (kith_draft_key (key), ":", 3);
  gboolean asked = parts[0] && (g_str_equal (parts[0], "ask") || g_str_equal (parts[0], "reason"));

  return asked && parts[1] ? kith_operation_get (parts[1]) : NULL;
}

const char *
kith_draft_title (const char *key)
{
  const KithOperation *operation = operation_of (key);
  int i = find (key);

  return operation ? _(operation->label) : i >= 0 ? _(drafts[i].title) : NULL;
}

const char *
kith_draft_of (const char *key)
{
  const KithOperation *operation = operation_of (key);
  int i = find (key);

  return operation ? operation->name : i >= 0 ? drafts[i].of : NULL;
}

/* What makes a record of the kind, or changes it: "edit:" and "step:" are of one that is there. */
const char *
kith_draft_op (const char *key)
{
  static const struct { const char *kind, *op; } makes[] = {
    { "client", "client.register" }, { "case_note", "note.add" }, { "task", "task.add" }, { "goal", "goal.set" }, { "staff", "staff.add" },
    { "agency_settings", "agency.configure" },
  };
  const char *of = kith_draft_of (key);
  gboolean there = g_str_has_prefix (kith_draft_key (key), "edit:");

  if (!of)
    return "draft";
  if (kith_operation_get (of))
    return of;
  for (guint i = 0; !there && i < G_N_ELEMENTS (makes); i++)
    if (g_str_equal (of, makes[i].kind))
      return makes[i].op;
  return "record.patch";
}
