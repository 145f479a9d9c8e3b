/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a consent is for (42 CFR 2.31(a)(5)): the usual purposes, or words of one's own. */

#include "kith-consent-fields-private.h"

#include "kith-kind.h"

void
kith_consent_fields_offer_purposes (KithConsentFields *self)
{
  const KithVocabulary *usual = kith_vocabulary_get ("consent_purpose");
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < kith_vocabulary_size (usual); i++)
    {
      const char *code = kith_vocabulary_code (usual, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (kith_vocabulary_label (usual, code), NULL);

      g_menu_item_set_action_and_target (item, "consent.purpose", "s", code);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->purposes, G_MENU_MODEL (menu));
  kith_entry_set (self->purpose, kith_vocabulary_label (usual, kith_vocabulary_code (usual, 0)));
}

/* A paper says itself what it is for: the usual purpose is filled in for what is asked here. Words of somebody's own stay. */
void
kith_consent_fields_fit_purpose (KithConsentFields *self)
{
  const KithVocabulary *usual = kith_vocabulary_get ("consent_purpose");
  const char *first = kith_vocabulary_label (usual, kith_vocabulary_code (usual, 0));
  g_autofree char *words = kith_entry_text (self->purpose);
  gboolean paper = kith_consent_fields_is_paper (self);

  if (self->restoring || paper == self->paper)
    return;
  self->paper = paper;
  if (paper && g_strcmp0 (words, first) == 0)
    kith_entry_set (self->purpose, NULL);
  else if (!paper && !words)
    kith_entry_set (self->purpose, first);
}

/* One of the usual purposes is kept by its code, so that it is printed in the client's language; other words as they are. Yours; NULL: none */
char *
kith_consent_fields_purpose (KithConsentFields *self)
{
  const KithVocabulary *usual = kith_vocabulary_get ("consent_purpose");
  char *words = kith_entry_text (self->purpose);

  for (guint i = 0; words && i < kith_vocabulary_size (usual); i++)
    if (g_str_equal (kith_vocabulary_label (usual, kith_vocabulary_code (usual, i)), words))
      {
        g_free (words);
        return g_strdup (kith_vocabulary_code (usual, i));
      }
  return words;
}
