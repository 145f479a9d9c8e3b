/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Why an agency restricted a client's record, or took down that a consent was refused or taken back, in the words of whoever did: these are of other agencies, and of what
 * the client told this one. That it is so, since when and by whom stands in the record itself and in the consent, which consents open; the words lie apart, for
 * those of that agency who work with the client (kith_access_client_grants), and no consent opens them (C1, C11, C19). */

static const KithField client_reason_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "what", KITH_FIELD_STRING, N_("What"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, 20 }, /* "restricted", "unrestricted", "granted", "refused", "revoked" */
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN }, /* as the record says of it: the two are found by each other */
  { "by", KITH_FIELD_REF, N_("Who"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Who"), .max_length = 255 },
  { "text", KITH_FIELD_TEXT, N_("Why"), KITH_FIELD_REQUIRED, .max_length = 2000 },
};

const KithKind kith_kind_client_reason = {
  .name = "client_reason",
  .type_name = "KithClientReason",
  .label = N_("Why"),
  .fields = client_reason_fields,
  .n_fields = G_N_ELEMENTS (client_reason_fields),
  .scope = "why:{id}",
};
