/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-dumps.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/**
 * kith_forbid_dumps:
 *
 * What this process holds in memory, keys and people's records, is not written to a disk when it crashes (C18, sync.md 5.7): neither to a file
 * nor, where the system hands dumps to a program whatever the limit is, to that one; it gets none of the memory. To be called first of all.
 * That the process may be looked into is left as it is: the desktop's own helpers ask who it is.
 */
void
kith_forbid_dumps (void)
{
  const struct rlimit none = { 0, 0 };
  int file = open ("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);

  setrlimit (RLIMIT_CORE, &none);
  if (file < 0)
    return;
  if (write (file, "0", 1) != 1)
    g_debug ("the memory of this process may be in a crash dump");
  close (file);
}
