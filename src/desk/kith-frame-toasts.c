/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts, and the undo some of them offer: the last act first, and then the one before, as long as its own time lasts. One toast shows at a time, so that of
 * the act before comes back when the last one was undone. */

#include "kith-frame-private.h"

#include <glib/gi18n.h>

#include "kith-desktop-undo.h"
#include "kith-draft.h"
#include "widgets/kith-toast.h"

#define LEAST_US (G_USEC_PER_SEC) /* of an earlier act: less than that nobody can press a key in */

typedef struct
{
  char *text, *op_id; /* op_id NULL: back() undoes it */
  void (*back) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
  gint64 until;    /* monotonic, us */
  AdwToast *toast; /* NULL: another one is in front */
} Undo;

void
kith_frame_undo_free (gpointer data)
{
  Undo *self = data;

  if (self->destroy)
    self->destroy (self->data);
  g_clear_object (&self->toast);
  g_free (self->text);
  g_free (self->op_id);
  g_free (self);
}

static Undo *
last_of (KithFrame *self)
{
  return self->undos && self->undos->len > 0 ? self->undos->pdata[self->undos->len - 1] : NULL;
}

static void
update_action (KithFrame *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root) /* not while the frame is being taken down */
    gtk_widget_action_set_enabled (GTK_WIDGET (root), "win.undo", last_of (self) != NULL);
}

/* Those whose time is over while another toast was in front. */
static void
drop_late (KithFrame *self)
{
  for (guint i = self->undos->len; i > 0; i--)
    {
      Undo *undo = self->undos->pdata[i - 1];

      if (undo->toast || undo->until - g_get_monotonic_time () >= LEAST_US)
        continue;
      g_ptr_array_remove_index (self->undos, i - 1);
      self->undo_over = TRUE;
    }
}

/* Nothing that was done until now can be undone any more. */
static void
end_undo (KithFrame *self)
{
  self->undo_over |= self->undos->len > 0;
  g_ptr_array_set_size (self->undos, 0);
  update_action (self);
}

/* Its time is over, or it was closed: so is that of what was done before. */
static void
toast_dismissed_cb (KithFrame *self,
                    AdwToast  *toast)
{
  if (!last_of (self) || last_of (self)->toast != toast)
    return;
  end_undo (self);
}

static void
put_behind (Undo *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->toast);

  if (toast)
    adw_toast_dismiss (toast);
}

static void
show (KithFrame  *self,
      Undo       *undo,
      const char *words)
{
  undo->toast = kith_toast_new (words);
  adw_toast_set_timeout (undo->toast, (guint) MAX (1, (undo->until - g_get_monotonic_time () + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC));
  adw_toast_set_button_label (undo->toast, _("Undo"));
  adw_toast_set_action_name (undo->toast, "win.undo");
  g_signal_connect_object (undo->toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (undo->toast));
}

static Undo *
undo_new (KithFrame  *self,
          const char *text)
{
  Undo *undo = g_new0 (Undo, 1);

  if (last_of (self))
    put_behind (last_of (self));
  drop_late (self);
  self->undo_over = FALSE;
  undo->text = g_strdup (text);
  undo->until = g_get_monotonic_time () + KITH_UNDO_MS * G_GINT64_CONSTANT (1000);
  g_ptr_array_add (self->undos, undo);
  show (self, undo, text);
  update_action (self);
  return undo;
}

static void
toast_cb (KithFrame  *self,
          const char *text,
          const char *op_id)
{
  AdwToast *toast;

  if (op_id)
    {
      undo_new (self, text)->op_id = g_strdup (op_id);
      return;
    }
  toast = kith_toast_new (text);
  adw_toast_set_timeout (toast, 4);
  g_set_weak_pointer (&self->said, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Returns: whether there is something to undo now */
gboolean
kith_frame_can_undo (KithFrame *self)
{
  return last_of (self) != NULL;
}

typedef struct
{
  KithFrame *frame;
  Undo *undo;    /* only to be compared */
  gboolean done; /* what came after it was undone, and nobody said so yet */
} Asked;

static void
offer (KithFrame *self,
       Undo      *undo,
       gboolean   done)
{
  /* Translators: after an undo; what was done before that, and can be undone too: "Undone. Before that: Task done: Call the landlord" */
  g_autofree char *words = done ? g_strdup_printf (_("Undone. Before that: %s"), undo->text) : g_strdup (undo->text);

  show (self, undo, words);
}

static void
can_undo_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (KithFrame) self = asked->frame;
  gboolean can = kith_desktop_finish (KITH_DESKTOP (source), result, NULL);

  if (!self->context || last_of (self) != asked->undo || asked->undo->toast) /* locked, or undone, or something else was done meanwhile */
    return;
  if (can)
    {
      offer (self, asked->undo, asked->done);
      return;
    }
  end_undo (self);
  if (asked->done)
    kith_context_toast (self->context, _("Undone"));
}

/* The act before, where it would be taken back: what was changed again since has gone out. */
static void
offer_next (KithFrame *self,
            gboolean   done)
{
  Undo *next = last_of (self);
  Asked *asked;

  if (!next && done)
    kith_context_toast (self->context, _("Undone"));
  if (!next || next->toast)
    return;
  if (!next->op_id)
    {
      offer (self, next, done);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->frame = g_object_ref (self);
  asked->undo = next;
  asked->done = done;
  kith_desktop_can_undo_async (kith_context_get_desktop (self->context), next->op_id, can_undo_cb, asked);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithFrame) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *draft = NULL;
  gboolean done = kith_desktop_undo_finish (KITH_DESKTOP (source), result, &draft, &error);

  if (!self->context) /* locked meanwhile */
    return;
  drop_late (self);
  update_action (self);
  if (done)
    {
      if (draft)
        kith_drafts_read_again (self->context, draft);
      offer_next (self, TRUE);
      return;
    }
  kith_context_problem (self->context, _("Too late to undo"), error);
  if (last_of (self) && !last_of (self)->toast) /* what was done before that is none of this */
    end_undo (self);
}

/* Takes the last act whose undo is offered back, or says that it has been sent; then the one before is offered. Nothing without one. */
void
kith_frame_undo (KithFrame *self)
{
  Undo *undo = last_of (self);

  if (!undo)
    return;
  g_ptr_array_steal_index (self->undos, self->undos->len - 1);
  put_behind (undo);
  drop_late (self);
  update_action (self);
  if (undo->op_id)
    kith_desktop_undo_async (kith_context_get_desktop (self->context), undo->op_id, undone_cb, g_object_ref (self));
  else
    {
      undo->back (undo->data);
      offer_next (self, FALSE);
    }
  kith_frame_undo_free (undo);
}

static void
no_undo_dismissed_cb (KithFrame *self)
{
  g_clear_weak_pointer (&self->no_undo);
}

void
kith_frame_undo_key (KithFrame *self)
{
  AdwToast *toast;

  if (last_of (self))
    {
      kith_frame_undo (self);
      return;
    }
  if (self->no_undo) /* a key that is held says it once */
    return;
  toast = kith_toast_new (self->undo_over ? _("Too late to undo. Open the record to correct it.") : _("There is nothing to undo"));
  adw_toast_set_timeout (toast, 4);
  if (self->said) /* the answer to a key comes with the key */
    adw_toast_dismiss (self->said);
  g_set_weak_pointer (&self->no_undo, toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (no_undo_dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * kith_frame_offer_back:
 * @inside: a widget of a frame; nothing is said where it is in none any more
 * @words: what was done
 * @back: takes it back, and says that it did; asked once at most
 * @destroy: frees @data, whether it was asked or not
 *
 * A toast with Undo for what is taken back by an act of its own, as work moved from person to person is.
 */
void
kith_frame_offer_back (GtkWidget     *inside,
                       const char    *words,
                       void         (*back) (gpointer data),
                       gpointer       data,
                       GDestroyNotify destroy)
{
  GtkWidget *frame = gtk_widget_get_ancestor (inside, KITH_TYPE_FRAME);
  Undo *undo;

  if (!frame)
    {
      destroy (data);
      return;
    }
  undo = undo_new (KITH_FRAME (frame), words);
  undo->back = back;
  undo->data = data;
  undo->destroy = destroy;
}

void
kith_frame_show_toasts (KithFrame *self)
{
  g_signal_connect_object (self->context, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
}
