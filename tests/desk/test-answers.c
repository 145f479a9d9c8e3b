/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"

#include "kith-json.h"
#include "widgets/kith-answers.h"

/* What forms asked, as it is read beside a call or a referral. */

/* form, t: as in a record of kind form_answer; a form is called by its first word */
static KithRow *
row_new (const char *id, const char *form, const char *t, const char *question)
{
  g_auto (GStrv) words = g_strsplit (form, " ", 2);
  g_autofree char *text = g_strdup_printf ("{'id':'%s','body':{'form':'%s','form_name':'%s','t':'%s','answers':[{'text':'%s','type':'yes_no','value':'yes'}]}}", id, form, words[0], t,
                                           question);
  g_autoptr (JsonObject) columns = NULL;

  g_strdelimit (text, "'", '"');
  columns = kith_json_parse_object (text, -1, NULL, NULL);
  return fake_row_new (columns);
}

/* All that is written, one after another. */
static void
read_all (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    g_string_append_printf (words, "%s%s|", gtk_widget_has_css_class (widget, "heading") ? "#" : "", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    read_all (child, words);
}

/* P2, P21: several forms stand under their names, one alone needs none; C7: what is about health is of the same form, and says so. */
static void
test_names (void)
{
  static const struct { const char *forms[3], *ts[3], *read; gboolean health; } cases[] = {
    { { "Before" }, { "contact" }, "One?|Yes|", FALSE },
    { { "Before", "Before" }, { "referral_detail", "referral_health" }, "One?|Yes|Two? (health)|Yes|", TRUE },
    { { "Before 1", "Before 2" }, { "referral_detail", "referral_detail" }, "#Before|One?|Yes|#Before|Two?|Yes|", FALSE }, /* two of one name are two */
    { { "Heating", "Tenants", "Heating" }, { "referral_detail", "referral_detail", "referral_health" }, "#Heating|One?|Yes|Three? (health)|Yes|#Tenants|Two?|Yes|", TRUE },
    { { "Heating", "Tenants" }, { "contact", "contact" }, "#Heating|One?|Yes|#Tenants|Two?|Yes|", FALSE },
    { { "Heating", "Tenants", "Tenants" }, { "contact", "contact", "referral_health" }, "#Heating|One?|Yes|#Tenants|Two?|Yes|Three? (health)|Yes|", TRUE },
    { { NULL }, { NULL }, "", FALSE },
  };
  static const char *const questions[] = { "One?", "Two?", "Three?" };
  g_autoptr (KithFacts) facts = g_object_ref_sink (g_object_new (KITH_TYPE_FACTS, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint k = 0; k < 3 && cases[i].forms[k]; k++)
        g_ptr_array_add (rows, row_new (questions[k], cases[i].forms[k], cases[i].ts[k], questions[k]));
      g_assert_cmpint (kith_answers_show (facts, rows), ==, cases[i].health);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (facts)), ==, rows->len > 0);
      read_all (GTK_WIDGET (facts), words);
      g_assert_cmpstr (words->str, ==, cases[i].read);
    }
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add_func ("/desk/answers/P2-names", test_names);
  return g_test_run ();
}
