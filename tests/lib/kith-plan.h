/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"

G_BEGIN_DECLS

/* A named query that may read a table from end to end, and why that costs little, or is what was asked for. */
typedef struct
{
  const char *query, *why;
} KithPlanException;

/**
 * kith_plan_scans:
 * @db: a connection
 * @sql: one statement
 *
 * Read from the statement's program, not from what EXPLAIN QUERY PLAN says of it, where a table and what an inner query found look alike. An
 * index of part of the rows is what its query is for, and does not count.
 *
 * Returns: (transfer full) (nullable): the tables it reads from end to end, or has to skip rows of, with a space between; NULL: none
 */
char *kith_plan_scans (KithDb *db, const char *sql);

/* Each named query of the connection: it reads no table from end to end but those that stay small (NULL-ended), or is excepted; an exception
 * that is none any more is an error. */
void kith_plan_assert_queries (KithDb *db, const char *const *small, const KithPlanException *exceptions, guint n_exceptions);

G_END_DECLS
