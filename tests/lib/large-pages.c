/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ./dev loads into the compilers (LD_PRELOAD): each of them asks the kernel for 90 MB, in 20,000 pages of 4 KB. In a virtual machine that is a quarter of
 * all the time it takes. With this they ask for large pages, where the system leaves that to who asks (transparent_hugepage=madvise). */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LARGE (1 << 20)

void *mmap (void *where, size_t size, int protection, int flags, int fd, off_t offset);

void *
mmap (void *where, size_t size, int protection, int flags, int fd, off_t offset)
{
  void *at = (void *) syscall (SYS_mmap, where, size, protection, flags, fd, offset);

  if (at != MAP_FAILED && fd == -1 && size >= LARGE)
    madvise (at, size, MADV_HUGEPAGE); /* a wish: what cannot be goes on as it was */
  return at;
}
