/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-desktop.h"

G_BEGIN_DECLS

#define KITH_TYPE_APPLICATION (kith_application_get_type ())
G_DECLARE_FINAL_TYPE (KithApplication, kith_application, KITH, APPLICATION, AdwApplication)

KithApplication *kith_application_new (KithTransportFactory factory); /* how a hub is reached: the windows themselves know no network */
void kith_desk_init (void); /* resources, kinds and style: before the first template; tests call it too */
int kith_application_main (KithTransportFactory factory, const char *program, char **argv);
void kith_desk_begin (void);

G_END_DECLS
