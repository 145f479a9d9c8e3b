/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField staff_service_fields[] = {
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff" },
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "service" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization" },
  /* U12: the role for this service, where it differs from the person's own. */
  { "role", KITH_FIELD_CODE, N_("Role for this service"), .vocabulary = "role" },
};

const KithKind kith_kind_staff_service = {
  .name = "staff_service",
  .type_name = "KithStaffService",
  .label = N_("Service of a staff member"),
  .fields = staff_service_fields,
  .n_fields = G_N_ELEMENTS (staff_service_fields),
  .natural_key = "staff:service",
  .scope_func = kith_scope_for_agency,
};
