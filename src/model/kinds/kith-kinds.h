/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-model-private.h"
#include "kith-scope.h"

G_BEGIN_DECLS

/* The field tables, one file each. A new kind is one line here and one in kith-kinds.c. */

extern const KithKind kith_kind_organization;
extern const KithKind kith_kind_program;
extern const KithKind kith_kind_service;
extern const KithKind kith_kind_location;
extern const KithKind kith_kind_service_at_location;
extern const KithKind kith_kind_taxonomy;
extern const KithKind kith_kind_taxonomy_term;
extern const KithKind kith_kind_calendar_day;
extern const KithKind kith_kind_agency_settings;
extern const KithKind kith_kind_staff;
extern const KithKind kith_kind_staff_service;
extern const KithKind kith_kind_client;
extern const KithKind kith_kind_client_billing;
extern const KithKind kith_kind_client_health;
extern const KithKind kith_kind_household_member;
extern const KithKind kith_kind_alert;
extern const KithKind kith_kind_consent;
extern const KithKind kith_kind_match;
extern const KithKind kith_kind_care;
extern const KithKind kith_kind_assignment;
extern const KithKind kith_kind_past_assignment;
extern const KithKind kith_kind_enrollment;
extern const KithKind kith_kind_care_team_member;
extern const KithKind kith_kind_service_event;
extern const KithKind kith_kind_amendment_request;
extern const KithKind kith_kind_client_reason;
extern const KithKind kith_kind_case;
extern const KithKind kith_kind_case_event;
extern const KithKind kith_kind_case_note;
extern const KithKind kith_kind_assessment;
extern const KithKind kith_kind_goal;
extern const KithKind kith_kind_contact_record;
extern const KithKind kith_kind_contact_need;
extern const KithKind kith_kind_referral;
extern const KithKind kith_kind_referral_course;
extern const KithKind kith_kind_referral_detail;
extern const KithKind kith_kind_referral_health;
extern const KithKind kith_kind_referral_own;
extern const KithKind kith_kind_queue;
extern const KithKind kith_kind_queue_status;
extern const KithKind kith_kind_queue_resource;
extern const KithKind kith_kind_queue_item;
extern const KithKind kith_kind_referral_event;
extern const KithKind kith_kind_capacity;
extern const KithKind kith_kind_capacity_plan;
extern const KithKind kith_kind_capacity_observation;
extern const KithKind kith_kind_hold;
extern const KithKind kith_kind_task;
extern const KithKind kith_kind_transfer;
extern const KithKind kith_kind_transfer_part;
extern const KithKind kith_kind_notice;
extern const KithKind kith_kind_import;
extern const KithKind kith_kind_document;
extern const KithKind kith_kind_form;
extern const KithKind kith_kind_reason_term;
extern const KithKind kith_kind_form_answer;
extern const KithKind kith_kind_audit_entry;
extern const KithKind kith_kind_conflict;
extern const KithKind kith_kind_field_history;

/* Nested parts: kinds without a table. */
extern const KithKind kith_kind_phone;
extern const KithKind kith_kind_contact;
extern const KithKind kith_kind_directory_address;
extern const KithKind kith_kind_schedule;
extern const KithKind kith_kind_service_area;
extern const KithKind kith_kind_language;
extern const KithKind kith_kind_required_document;
extern const KithKind kith_kind_cost_option;
extern const KithKind kith_kind_funding;
extern const KithKind kith_kind_attribute;
extern const KithKind kith_kind_metadata;
extern const KithKind kith_kind_accessibility;
extern const KithKind kith_kind_organization_identifier;
extern const KithKind kith_kind_client_phone;
extern const KithKind kith_kind_address;
extern const KithKind kith_kind_household_person;
extern const KithKind kith_kind_match_person;
extern const KithKind kith_kind_snapshot;
extern const KithKind kith_kind_question;
extern const KithKind kith_kind_answer;
extern const KithKind kith_kind_contact_need_line;

G_END_DECLS
