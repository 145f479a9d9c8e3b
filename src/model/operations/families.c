/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/operations.h"

const KithOperation *const kith_operation_families[] = {
  NULL,
};
