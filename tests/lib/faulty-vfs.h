/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file system for SQLite that fails on purpose. It lies over the default one, sees every write, sync and truncate of
 * every file (ciphertext only: SQLCipher sits above it), counts them while armed or not, and fails the n-th. */
typedef enum
{
  KITH_FAULT_FULL,  /* no room on the disk */
  KITH_FAULT_IOERR,
  KITH_FAULT_KILL,  /* the process dies by SIGKILL before the act: for crash tests in a child */
} KithFault;

void kith_faulty_vfs_install (void);                                   /* becomes the default for connections opened from now on */
void kith_faulty_vfs_arm (KithFault fault, guint nth, gboolean for_ever); /* nth counts from 1, starting now */
void kith_faulty_vfs_disarm (void);
guint kith_faulty_vfs_acts (void);  /* writes, syncs and truncates since the last arm or disarm */
guint kith_faulty_vfs_syncs (void); /* syncs among them */
guint kith_faulty_vfs_fired (void); /* how many of them failed */

G_END_DECLS
