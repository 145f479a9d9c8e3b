/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

/* A good value for any field and a record with every field filled, from the field tables alone: a new field is tested by being there. */

#define SAMPLE_ID "0190a1b2-c3d4-7e5f-8a6b-000000000001"

JsonNode *sample_value (const KithField *field);
KithRecord *sample_record (const KithKind *kind);
JsonNode *sample_json (const char *json); /* from text that may use ' for " */
