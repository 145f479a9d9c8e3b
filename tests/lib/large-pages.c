/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ./dev loads into the compilers (LD_PRELOAD): each of them asks the kernel for 90 MB, in 20,000 pages of 4 KB. In a virtual machine that is a quarter of
 * all the time it takes. With this they ask for large pages, where the system leaves that to who asks (transparent_hugepage=madvise). Headers that were read
 * before (GCC's own file of them) are put into such pages too: mapped, each page of theirs is copied at its first touch, and all are touched. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LARGE (1 << 20)

void *mmap (void *where, size_t size, int protection, int flags, int fd, off_t offset);

static void *
map (void *where, size_t size, int protection, int flags, int fd, off_t offset)
{
  return (void *) syscall (SYS_mmap, where, size, protection, flags, fd, offset);
}

static int
is_headers (int fd, int protection, int flags)
{
  char magic[4];

  return fd >= 0 && (flags & MAP_PRIVATE) && (protection & PROT_WRITE) && pread (fd, magic, sizeof magic, 0) == sizeof magic && memcmp (magic, "gpch", sizeof magic) == 0;
}

/* All of it, or nothing: then it is mapped as ever. */
static void *
read_in (void *where, size_t size, int protection, int flags, int fd, off_t offset)
{
  char *at = map (where, size, protection, flags | MAP_ANONYMOUS, -1, 0);
  size_t done = 0;

  if (at == MAP_FAILED)
    return MAP_FAILED;
  madvise (at, size, MADV_HUGEPAGE);
  while (done < size)
    {
      ssize_t n = pread (fd, at + done, size - done, offset + (off_t) done);

      if (n <= 0)
        break;
      done += (size_t) n;
    }
  if (done == size)
    return at;
  munmap (at, size);
  return MAP_FAILED;
}

void *
mmap (void *where, size_t size, int protection, int flags, int fd, off_t offset)
{
  void *at = MAP_FAILED;

  if (size >= LARGE && is_headers (fd, protection, flags))
    at = read_in (where, size, protection, flags, fd, offset);
  if (at == MAP_FAILED)
    at = map (where, size, protection, flags, fd, offset);
  if (at != MAP_FAILED && fd == -1 && size >= LARGE)
    madvise (at, size, MADV_HUGEPAGE); /* a wish: what cannot be goes on as it was */
  return at;
}
