/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A target is a program with these three. Built with clang and -Dfuzzer=true libFuzzer drives it (no time is too long); otherwise
 * fuzz-main.c does, with inputs that are the same in every run. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size); /* a crash, a warning or a failed assertion is the finding */

/* Good inputs to begin from, NULL-terminated, and words of the format to put into them. */
extern const char *const *fuzz_seeds;
extern const char *const *fuzz_words;
extern const guint fuzz_head_lines; /* of an input, up to which many copies stay as they are */

/* Once, before the first input and after the last. */
void fuzz_begin (void);
void fuzz_end (void);

G_END_DECLS
