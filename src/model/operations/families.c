/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/operations.h"

const KithOperation *const kith_operation_families[] = {
  kith_operations_directory,
  kith_operations_agency,
  kith_operations_staff,
  kith_operations_client,
  kith_operations_client_record,
  kith_operations_consent,
  kith_operations_consent_remind,
  kith_operations_consent_revoke,
  kith_operations_assignment,
  kith_operations_enrollment,
  kith_operations_service_event,
  kith_operations_document,
  kith_operations_referral_send,
  kith_operations_referral_answer,
  kith_operations_referral_work,
  kith_operations_referral_close,
  kith_operations_import,
  kith_operations_notice,
  kith_operations_conflict,
  kith_operations_audit,
  kith_operations_lookup,
  NULL,
};
