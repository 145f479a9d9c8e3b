/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/operations.h"

const KithOperation *const kith_operation_families[] = {
  kith_operations_client,
  kith_operations_consent,
  kith_operations_referral_send,
  kith_operations_referral_answer,
  kith_operations_notice,
  NULL,
};
