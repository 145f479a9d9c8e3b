/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-test.h"

G_BEGIN_DECLS

/* The program kith-hub as somebody at a console has it, with a town of two agencies. */
typedef struct
{
  KithTestDir *dir;
  char *database, *password;
  char *out, *err; /* of the last command */
} Console;

void console_init (Console *c);
void console_clear (Console *c);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Console, console_clear)

int console_run (Console *c, const char *format, ...) G_GNUC_PRINTF (2, 3); /* words separated by a space; "%" stands for one in a word, "\001" for "%". The exit status */
void assert_says (const char *text, const char *part);
KithHub *console_open_hub (Console *c);
char *console_read_sql (Console *c, const char *sql); /* its first value */

G_END_DECLS
