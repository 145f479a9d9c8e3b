/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What could not be read of what is kept here, and reading it again. */

#include "kith-desktop-private.h"

/**
 * kith_desktop_tell_read:
 * @self: the desktop
 * @reader: (type GObject): the list or the page that read
 * @error: (nullable): why it could not; %NULL: it could. What was called off, or came after a lock, counts as neither
 * @again: how @reader reads once more
 *
 * For everybody who shows what is kept here: as long as one of them could not read, "unread" is set, and it is read again by
 * kith_desktop_read_again().
 */
void
kith_desktop_tell_read (KithDesktop *self, gpointer reader, const GError *error, KithReadAgain again)
{
  if (self->unlocked)
    kith_reads_tell (self->reads, reader, error, again);
}

void
kith_desktop_read_again (KithDesktop *self)
{
  kith_reads_again (self->reads);
}
