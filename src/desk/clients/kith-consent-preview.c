/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-preview.h"

#include <glib/gi18n.h>

#define WAIT_MS 120
#define MOST_NAMES 3

struct _KithConsentPreview
{
  GObject parent_instance;
  KithContext *context;
  GtkLabel *label; /* weak */
  GCancellable *asked;
  guint wait_id;
  char *client, *op, *ending;
  JsonObject *args;
};

G_DEFINE_FINAL_TYPE (KithConsentPreview, kith_consent_preview, G_TYPE_OBJECT)

/* ---- the words ---- */

static char **
not_in (char **list,
        char **others)
{
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();

  for (; *list; list++)
    if (!g_strv_contains ((const char *const *) others, *list))
      g_strv_builder_add (rest, *list);
  return g_strv_builder_end (rest);
}

/* The agencies of which the same is said, in one sentence: "A, B, C and 12 more". */
typedef struct
{
  char *said;
  GString *names;
  guint n;
} Saying;

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_free (saying->said);
  g_string_free (saying->names, TRUE);
  g_free (saying);
}

static void
say (GPtrArray       *sayings,
     const KithSight *sight,
     char            *said) /* transfer full; NULL: nothing to say */
{
  Saying *found = NULL;

  if (!said)
    return;
  for (guint i = 0; !found && i < sayings->len; i++)
    if (g_str_equal (((Saying *) sayings->pdata[i])->said, said))
      found = sayings->pdata[i];
  if (!found)
    {
      found = g_new0 (Saying, 1);
      found->said = g_strdup (said);
      found->names = g_string_new (NULL);
      g_ptr_array_add (sayings, found);
    }
  if (found->n++ < MOST_NAMES)
    g_string_append_printf (found->names, "%s%s", found->names->len ? ", " : "", sight->name ? sight->name : _("An agency of the network"));
  g_free (said);
}

static void
add_sentences (GString    *text,
               GPtrArray  *sayings,
               const char *format) /* agencies, then what */
{
  for (guint i = 0; i < sayings->len; i++)
    {
      Saying *saying = sayings->pdata[i];
      g_autofree char *names = NULL;

      if (saying->n > MOST_NAMES)
        /* Translators: names of agencies, then how many others */
        names = g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", saying->n - MOST_NAMES), saying->names->str,
                                 saying->n - MOST_NAMES);
      else
        names = g_strdup (saying->names->str);
      if (text->len)
        g_string_append_c (text, '\n');
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, format, names, saying->said);
#pragma GCC diagnostic pop
    }
}

char *
kith_consent_preview_words (GPtrArray *sights)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (saying_free);
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (saying_free);
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (saying_free);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sights->len; i++)
    {
      const KithSight *sight = sights->pdata[i];
      g_auto (GStrv) more = not_in (sight->later, sight->after);
      g_auto (GStrv) less = kith_sight_lost (sight);

      say (now, sight, kith_sight_words ((const char *const *) sight->after));
      say (later, sight, kith_sight_words ((const char *const *) more));
      say (lost, sight, kith_sight_words ((const char *const *) less));
    }
  /* Translators: agencies, then what they see */
  add_sentences (text, now, _("%s will see at once: %s."));
  /* Translators: agencies that do not work with this client yet, then what they see from then on */
  add_sentences (text, later, _("%s will see, once they help this client: %s."));
  /* Translators: agencies, then what they see */
  add_sentences (text, lost, _("%s will no longer see: %s."));
  return g_string_free (text, text->len == 0);
}

/* ---- asking ---- */

static void
show (KithConsentPreview *self,
      const char         *words,
      const char         *ending)
{
  g_autofree char *text = ending ? g_strjoin ("\n", words, ending, NULL) : g_strdup (words);

  if (self->label)
    gtk_label_set_text (self->label, text);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (KithConsentPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sights = kith_desktop_preview_finish (KITH_DESKTOP (source), result, &error);
  g_autofree char *words = sights ? kith_consent_preview_words (sights) : NULL;
  gboolean stale = !self->asked || g_cancellable_is_cancelled (self->asked) || g_task_get_cancellable (G_TASK (result)) != self->asked;

  if (!stale && (words || error)) /* what would be refused is said now, not after it was written down */
    show (self, words ? words : error->message, words ? self->ending : NULL);
}

static gboolean
ask_now (gpointer user_data)
{
  KithConsentPreview *self = user_data;

  self->wait_id = 0;
  self->asked = g_cancellable_new ();
  kith_desktop_preview_async (kith_context_get_desktop (self->context), self->client, self->op, g_steal_pointer (&self->args), self->asked, answered_cb,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop (KithConsentPreview *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->args, json_object_unref);
}

void
kith_consent_preview_say (KithConsentPreview *self,
                          const char         *words)
{
  stop (self);
  show (self, words, NULL);
}

void
kith_consent_preview_ask (KithConsentPreview *self,
                          const char         *client,
                          const char         *op,
                          JsonObject         *args,
                          const char         *before,
                          const char         *ending)
{
  stop (self);
  show (self, before, NULL);
  g_free (self->client);
  g_free (self->op);
  g_free (self->ending);
  self->client = g_strdup (client);
  self->op = g_strdup (op);
  self->ending = g_strdup (ending);
  self->args = args;
  self->wait_id = g_timeout_add (WAIT_MS, ask_now, self);
}

static void
kith_consent_preview_dispose (GObject *object)
{
  KithConsentPreview *self = KITH_CONSENT_PREVIEW (object);

  stop (self);
  g_clear_weak_pointer (&self->label);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_consent_preview_parent_class)->dispose (object);
}

static void
kith_consent_preview_finalize (GObject *object)
{
  KithConsentPreview *self = KITH_CONSENT_PREVIEW (object);

  g_free (self->client);
  g_free (self->op);
  g_free (self->ending);
  G_OBJECT_CLASS (kith_consent_preview_parent_class)->finalize (object);
}

static void
kith_consent_preview_class_init (KithConsentPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_consent_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_consent_preview_finalize;
}

static void
kith_consent_preview_init (KithConsentPreview *self)
{
}

/**
 * kith_consent_preview_new:
 * @label: written to while it lives; not kept alive
 *
 * Returns: (transfer full): it says nothing before it is asked
 */
KithConsentPreview *
kith_consent_preview_new (KithContext *context,
                          GtkLabel    *label)
{
  KithConsentPreview *self = g_object_new (KITH_TYPE_CONSENT_PREVIEW, NULL);

  self->context = g_object_ref (context);
  g_set_weak_pointer (&self->label, label);
  return self;
}
