/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-referral-attach.h"
#include "kith-watch.h"

/* One file: of this computer (path), a document of the client's that is here whole, or, attached, a document of the referral's itself. */
typedef struct
{
  char *path, *document, *name, *media, *type;
  gboolean health, attached;
} KithAttached;

struct _KithReferralAttach
{
  AdwBin parent_instance;
  KithContext *context;
  char *client;
  GPtrArray *items; /* (element-type KithAttached) */
  GPtrArray *kept;  /* (element-type filename): sealed files of what is being sent */
  GtkWidget *list;
  GtkFileChooserNative *chooser;
  KithWatch *documents;
  GPtrArray *offered; /* the client's documents, (element-type KithRow) */
};
