/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kinds/kith-kinds.h"

/* The order in which kinds are listed and synced: what others refer to comes first. */
static const KithKind *const tables[] = {
  &kith_kind_organization,
  &kith_kind_program,
  &kith_kind_service,
  &kith_kind_location,
  &kith_kind_service_at_location,
  &kith_kind_taxonomy,
  &kith_kind_taxonomy_term,
  &kith_kind_calendar_day,
  &kith_kind_agency_settings,
  &kith_kind_staff,
  &kith_kind_staff_service,
  &kith_kind_client,
  &kith_kind_client_billing,
  &kith_kind_client_health,
  &kith_kind_household_member,
  &kith_kind_alert,
  &kith_kind_consent,
  &kith_kind_match,
  &kith_kind_care,
  &kith_kind_case,
  &kith_kind_assignment,
  &kith_kind_past_assignment,
  &kith_kind_enrollment,
  &kith_kind_care_team_member,
  &kith_kind_service_event,
  &kith_kind_amendment_request,
  &kith_kind_client_reason,
  &kith_kind_case_event,
  &kith_kind_case_note,
  &kith_kind_assessment,
  &kith_kind_goal,
  &kith_kind_queue,
  &kith_kind_queue_status,
  &kith_kind_queue_resource,
  &kith_kind_form,
  &kith_kind_reason_term,
  &kith_kind_contact_record,
  &kith_kind_contact_need,
  &kith_kind_referral,
  &kith_kind_referral_course,
  &kith_kind_referral_detail,
  &kith_kind_referral_health,
  &kith_kind_referral_own,
  &kith_kind_referral_event,
  &kith_kind_queue_item,
  &kith_kind_capacity,
  &kith_kind_capacity_plan,
  &kith_kind_capacity_observation,
  &kith_kind_hold,
  &kith_kind_task,
  &kith_kind_transfer,
  &kith_kind_transfer_part,
  &kith_kind_notice,
  &kith_kind_import,
  &kith_kind_document,
  &kith_kind_form_answer,
  &kith_kind_audit_entry,
  &kith_kind_conflict,
  &kith_kind_field_history,
};

static const KithKind *const parts[] = {
  &kith_kind_phone,
  &kith_kind_contact,
  &kith_kind_directory_address,
  &kith_kind_schedule,
  &kith_kind_service_area,
  &kith_kind_language,
  &kith_kind_required_document,
  &kith_kind_cost_option,
  &kith_kind_funding,
  &kith_kind_attribute,
  &kith_kind_accessibility,
  &kith_kind_organization_identifier,
  &kith_kind_metadata,
  &kith_kind_client_phone,
  &kith_kind_address,
  &kith_kind_household_person,
  &kith_kind_match_person,
  &kith_kind_snapshot,
  &kith_kind_question,
  &kith_kind_answer,
  &kith_kind_contact_need_line,
};

const KithKind *const *
kith_kinds_tables (guint *n)
{
  *n = G_N_ELEMENTS (tables);
  return tables;
}

const KithKind *const *
kith_kinds_parts (guint *n)
{
  *n = G_N_ELEMENTS (parts);
  return parts;
}
