/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField client_billing_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Recorded by agency"), .target = "organization" },
  { "insurance_provider", KITH_FIELD_STRING, N_("Insurance"), .merge = KITH_MERGE_A },
  { "insurance_number", KITH_FIELD_STRING, N_("Insurance number"), .merge = KITH_MERGE_B },
  { "insurance_group", KITH_FIELD_STRING, N_("Group number"), .merge = KITH_MERGE_B },
  { "insurance_holder", KITH_FIELD_STRING, N_("Insured person"), .merge = KITH_MERGE_A },
  { "insurance_from", KITH_FIELD_DATE, N_("Insured from"), .merge = KITH_MERGE_A },
  { "insurance_until", KITH_FIELD_DATE, N_("Insured until"), .merge = KITH_MERGE_A },
  { "other_insurance", KITH_FIELD_STRINGS, N_("Other insurance"), .merge = KITH_MERGE_A },
  { "medicaid_number", KITH_FIELD_STRING, N_("Medicaid number"), .merge = KITH_MERGE_B },
  { "ssn", KITH_FIELD_STRING, N_("Social security number"), .max_length = 20, .flags = KITH_FIELD_SECRET, .merge = KITH_MERGE_B, .hmis = "SSN" },
  { "ssn_data_quality", KITH_FIELD_CODE, N_("How sure the number is"), .vocabulary = "hmis_ssn_quality",
    .merge = KITH_MERGE_A, .hmis = "SSNDataQuality" },
  { "billing_note", KITH_FIELD_TEXT, N_("About billing"), .max_length = 2000, .merge = KITH_MERGE_A },
};

const KithKind kith_kind_client_billing = {
  .name = "client_billing",
  .type_name = "KithClientBilling",
  .label = N_("Insurance and billing"),
  .fields = client_billing_fields,
  .n_fields = G_N_ELEMENTS (client_billing_fields),
  .natural_key = "client",
  .scope = "client_billing:{client}",
};
