/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib keeps its table of interned names for ever, and leaves the old one behind, on purpose, when it grows beyond 2,048 (others may
 * be reading it without a lock). The leak search tells that block with a stack that ends in g_malloc(), so it cannot be named in
 * leaks.supp, and walking whole stacks takes longer than a test may. Here it is held instead, before it is left. */
#pragma once

#include <glib.h>

#ifdef __SANITIZE_ADDRESS__
#include <link.h>
#include <string.h>

/* Of the sanitizer's run-time; gcc has them, and no header for them. */
int __sanitizer_get_ownership (const volatile void *p);
size_t __sanitizer_get_allocated_size (const volatile void *p);

#define NAMES_BLOCK (2048 * sizeof (char *)) /* bytes, as GLib takes it first */

static const void *volatile kept_names[16]; /* written only: for the leak search to find */

static int
keep_names_cb (struct dl_phdr_info *info, size_t size, void *data)
{
  guint n = 0;

  if (!strstr (info->dlpi_name, "libglib-2.0."))
    return 0;
  for (guint i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *part = &info->dlpi_phdr[i];
      void **at = (void **) (info->dlpi_addr + part->p_vaddr), **end = (void **) (info->dlpi_addr + part->p_vaddr + part->p_memsz);

      if (part->p_type != PT_LOAD || !(part->p_flags & PF_W))
        continue;
      for (; at + 1 <= end && n < G_N_ELEMENTS (kept_names); at++)
        if (__sanitizer_get_ownership (*at) && __sanitizer_get_allocated_size (*at) == NAMES_BLOCK)
          kept_names[n++] = *at;
    }
  return 1;
}
#endif

/* Before the toolkit is set up. */
static void
keep_names (void)
{
#ifdef __SANITIZE_ADDRESS__
  dl_iterate_phdr (keep_names_cb, NULL);
#endif
}
