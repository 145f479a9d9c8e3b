/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-window-private.h"

/* What stands before the pages: the lock, where somebody signed in before, or the sign-in. */

/* Each is made when it is first needed: most days nobody signs in. */
static KithSignInPage *
sign_in_page (KithWindow *self)
{
  if (self->sign_in)
    return self->sign_in;
  self->sign_in = g_object_new (KITH_TYPE_SIGN_IN_PAGE, NULL);
  kith_sign_in_page_set_context (self->sign_in, self->context);
  gtk_stack_add_child (self->gate, GTK_WIDGET (self->sign_in));
  return self->sign_in;
}

static void
show_sign_in (KithWindow *self)
{
  gtk_stack_set_visible_child (self->gate, GTK_WIDGET (sign_in_page (self)));
  kith_sign_in_page_ready (self->sign_in);
}

static void
show_lock (KithWindow *self)
{
  if (!self->lock)
    {
      self->lock = g_object_new (KITH_TYPE_LOCK_PAGE, NULL);
      kith_lock_page_set_context (self->lock, self->context);
      g_signal_connect_object (self->lock, "other-person", G_CALLBACK (show_sign_in), self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->gate, GTK_WIDGET (self->lock));
    }
  gtk_stack_set_visible_child (self->gate, GTK_WIDGET (self->lock));
  kith_lock_page_ready (self->lock);
}

/**
 * kith_window_show_locked:
 *
 * What was kept here may be damaged: then only a sign-in goes on, and says why it is asked for.
 */
void
kith_window_show_locked (KithWindow *self)
{
  KithDesktop *desktop = kith_context_get_desktop (self->context);
  g_autofree char *damage = NULL;

  g_object_get (desktop, "damage", &damage, NULL);
  if (!damage && kith_desktop_has_store (desktop, NULL, NULL))
    show_lock (self);
  else
    show_sign_in (self);
  if (damage)
    kith_sign_in_page_tell (self->sign_in, damage);
}

/**
 * kith_window_show_pages:
 *
 * The lock goes: until it is needed again, rows lie where it lay, and what was typed into it is in no field.
 */
void
kith_window_show_pages (KithWindow *self)
{
  gtk_stack_set_visible_child (self->gate, GTK_WIDGET (self->content));
  kith_frame_focus (self->frame);
  if (!self->lock)
    return;
  gtk_stack_remove (self->gate, GTK_WIDGET (self->lock));
  self->lock = NULL;
}

/**
 * kith_window_preset:
 * @hub_url: (nullable): %NULL: what was used last
 * @login: (nullable): %NULL: who signed in last
 *
 * Fills the sign-in page; the cursor goes to the first thing still missing.
 */
void
kith_window_preset (KithWindow *self,
                    const char *hub_url,
                    const char *login)
{
  if (hub_url || login)
    kith_sign_in_page_preset (sign_in_page (self), hub_url, login);
  if (!self->frame)
    kith_window_show_locked (self);
}

/**
 * kith_window_get_typed:
 * @hub_url: (out) (transfer full): what stands in the sign-in page
 * @login: (out) (transfer full): and there
 *
 * Returns: whether somebody was asked to sign in
 */
gboolean
kith_window_get_typed (KithWindow *self,
                       char      **hub_url,
                       char      **login)
{
  if (!self->sign_in)
    return FALSE;
  kith_sign_in_page_get_typed (self->sign_in, hub_url, login);
  return TRUE;
}

/**
 * kith_window_tell:
 * @words: for whoever stands before the gate
 */
void
kith_window_tell (KithWindow *self,
                  const char *words)
{
  if (self->lock && gtk_stack_get_visible_child (self->gate) == GTK_WIDGET (self->lock))
    kith_lock_page_tell (self->lock, words);
  else if (self->sign_in)
    kith_sign_in_page_tell (self->sign_in, words);
}
