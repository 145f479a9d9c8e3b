/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"
#include "kith-form.h"

G_BEGIN_DECLS

KithDraft *kith_form_get_draft (KithForm *self); /* not yours; NULL: the form is gone */

G_END_DECLS
