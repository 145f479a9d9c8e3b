/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* lies behind this struct, in the memory SQLite gave */
} FaultyFile;

/* SQLite knows a file system by name and for the whole process, so its state is the process's too. */
static GMutex mutex;
static gboolean armed, for_ever;
static KithFault fault;
static guint nth, acts, syncs, fired;

/* SQLITE_OK, or the failure whose turn it is. */
static int
act (int ioerr)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  acts++;
  if (ioerr == SQLITE_IOERR_FSYNC)
    syncs++;
  if (!armed || acts < nth || (acts > nth && !for_ever))
    return SQLITE_OK;

  fired++;
  if (fault == KITH_FAULT_KILL)
    kill (getpid (), SIGKILL);
  return fault == KITH_FAULT_FULL ? SQLITE_FULL : ioerr;
}

#define REAL(file) (((FaultyFile *) (file))->real)

static int
faulty_close (sqlite3_file *file)
{
  sqlite3_file *real = REAL (file);

  return real->pMethods != NULL ? real->pMethods->xClose (real) : SQLITE_OK;
}

static int
faulty_read (sqlite3_file *file, void *data, int amount, sqlite3_int64 offset)
{
  return REAL (file)->pMethods->xRead (REAL (file), data, amount, offset);
}

static int
faulty_write (sqlite3_file *file, const void *data, int amount, sqlite3_int64 offset)
{
  int code = act (SQLITE_IOERR_WRITE);

  return code != SQLITE_OK ? code : REAL (file)->pMethods->xWrite (REAL (file), data, amount, offset);
}

static int
faulty_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = act (SQLITE_IOERR_TRUNCATE);

  return code != SQLITE_OK ? code : REAL (file)->pMethods->xTruncate (REAL (file), size);
}

static int
faulty_sync (sqlite3_file *file, int flags)
{
  /* A sync has no room to run out of: it fails as an I/O error whatever is armed. */
  int code = act (SQLITE_IOERR_FSYNC);

  if (code != SQLITE_OK)
    return SQLITE_IOERR_FSYNC;
  return REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
faulty_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
faulty_lock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
faulty_unlock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
faulty_check_lock (sqlite3_file *file, int *locked)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), locked);
}

static int
faulty_control (sqlite3_file *file, int verb, void *data)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), verb, data);
}

static int
faulty_sector_size (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
faulty_traits (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
faulty_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **data)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, data);
}

static int
faulty_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

static void
faulty_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
faulty_shm_unmap (sqlite3_file *file, int drop)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), drop);
}

/* Version 2: with shared memory for WAL, without mmap, which would write past us. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = faulty_close,
  .xRead = faulty_read,
  .xWrite = faulty_write,
  .xTruncate = faulty_truncate,
  .xSync = faulty_sync,
  .xFileSize = faulty_file_size,
  .xLock = faulty_lock,
  .xUnlock = faulty_unlock,
  .xCheckReservedLock = faulty_check_lock,
  .xFileControl = faulty_control,
  .xSectorSize = faulty_sector_size,
  .xDeviceCharacteristics = faulty_traits,
  .xShmMap = faulty_shm_map,
  .xShmLock = faulty_shm_lock,
  .xShmBarrier = faulty_shm_barrier,
  .xShmUnmap = faulty_shm_unmap,
};

static int
faulty_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *below = vfs->pAppData;
  FaultyFile *self = (FaultyFile *) file;
  int code;

  self->real = (sqlite3_file *) (self + 1);
  self->base.pMethods = NULL;
  code = below->xOpen (below, path, self->real, flags, out_flags);
  if (code == SQLITE_OK)
    self->base.pMethods = &methods;
  return code;
}

void
kith_faulty_vfs_install (void)
{
  static sqlite3_vfs vfs;
  sqlite3_vfs *below;

  if (vfs.zName != NULL)
    return;

  below = sqlite3_vfs_find (NULL);
  vfs = *below; /* the rest of its functions look only at what was copied */
  vfs.zName = "kith-faulty";
  vfs.szOsFile = (int) sizeof (FaultyFile) + below->szOsFile;
  vfs.pNext = NULL;
  vfs.pAppData = below;
  vfs.xOpen = faulty_open;
  sqlite3_vfs_register (&vfs, 1);
}

static void
set (gboolean on, KithFault which, guint turn, gboolean always)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  armed = on;
  fault = which;
  nth = turn;
  for_ever = always;
  acts = syncs = fired = 0;
}

void
kith_faulty_vfs_arm (KithFault which, guint turn, gboolean always)
{
  set (TRUE, which, turn, always);
}

void
kith_faulty_vfs_disarm (void)
{
  set (FALSE, KITH_FAULT_FULL, 0, FALSE);
}

guint
kith_faulty_vfs_acts (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return acts;
}

guint
kith_faulty_vfs_syncs (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return syncs;
}

guint
kith_faulty_vfs_fired (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return fired;
}
