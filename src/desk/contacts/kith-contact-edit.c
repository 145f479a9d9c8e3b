/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contacts/kith-contact-edit.h"

#include <glib/gi18n.h>

#include "contacts/kith-contact-answers.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"

struct _KithContactEdit
{
  KithForm parent_instance;
  char *contact;
  GtkBox *box;
  AdwPreferencesGroup *person_group, *needs_group;
  KithFieldRows *person;
  KithContactAnswers *answers;
  JsonObject *before; /* the record as it was read; NULL: not here yet */
  GPtrArray *needs;   /* (element-type Need) */
  JsonObject *body;   /* what has come of both */
  GPtrArray *rows;    /* (element-type KithRow) */
  JsonObject *typed;  /* a draft that has what was typed alone, until both are here; NULL: none */
  GPtrArray *left;    /* (element-type JsonObject): of a draft, what was typed of needs that are not here */
  gboolean filled;
  KithWatch *contact_watch, *needs_watch;
};

typedef struct
{
  char *id;
  JsonObject *before;
  KithFieldRows *rows; /* owned by the group */
} Need;

G_DEFINE_FINAL_TYPE (KithContactEdit, kith_contact_edit, KITH_TYPE_FORM)

static const KithFieldChoice person_fields[] = {
  { "name", NULL }, { "phones", NULL }, { "do_not_contact", NULL }, { "postal_code", NULL }, { "city", NULL }, { "email", NULL },
  { "date_of_birth", NULL }, { "languages", NULL }, { "interpreter_needed", NULL }, { "caller_kind", NULL }, { "caller_name", NULL }, { "how", NULL }, { "notes", NULL },
};
static const KithFieldChoice need_fields[] = { { "words", NULL }, { "note", NULL } };

static void
need_free (gpointer data)
{
  Need *need = data;

  g_free (need->id);
  json_object_unref (need->before);
  g_free (need);
}

static void
touched_cb (KithContactEdit *self)
{
  kith_form_touch (KITH_FORM (self));
}

static KithFieldRows *
rows_new (KithContactEdit       *self,
          const char            *kind,
          const KithFieldChoice *fields,
          guint                  n)
{
  GtkWidget *rows = kith_field_rows_new (kith_form_get_context (KITH_FORM (self)), kith_kind_get (kind), fields, n);

  g_signal_connect_object (rows, "changed", G_CALLBACK (touched_cb), self, G_CONNECT_SWAPPED);
  return KITH_FIELD_ROWS (rows);
}

/* ---- draft: each part with what it is compared with */

static JsonObject *
part_of (KithFieldRows *rows,
         JsonObject    *before,
         const char    *id)
{
  JsonObject *values = json_object_new ();

  kith_field_rows_collect (rows, values, TRUE);
  return kith_json_new ("id", "s", id, "before", "o", json_object_ref (before), "values", "o", values, NULL);
}

/* What was typed over what is there. Yours */
static JsonObject *
laid_over (JsonObject *there,
           JsonObject *typed)
{
  JsonObject *values = there ? kith_json_copy_object (there) : json_object_new ();
  g_autoptr (GList) names = typed ? json_object_get_members (typed) : NULL;

  for (GList *l = names; l; l = l->next)
    json_object_set_member (values, l->data, json_node_copy (json_object_get_member (typed, l->data)));
  return values;
}

static JsonObject *
values_of (JsonObject *part)
{
  return part ? kith_json_object (part, "values") : NULL;
}

/* Of a draft without the record, while that is not here: it, with what has been typed since. Yours */
static JsonObject *
typed_by_now (KithContactEdit *self)
{
  JsonObject *all = kith_json_copy_object (self->typed);
  g_autoptr (JsonObject) since = json_object_new ();

  kith_field_rows_collect (self->person, since, FALSE);
  json_object_set_object_member (all, "person", kith_json_new ("values", "o", laid_over (values_of (kith_json_object (all, "person")), since), NULL));
  json_object_set_array_member (all, "answers", kith_contact_answers_collect (self->answers));
  return all;
}

static JsonObject *
kith_contact_edit_collect (KithForm *form)
{
  KithContactEdit *self = KITH_CONTACT_EDIT (form);
  JsonArray *needs;

  if (!self->before)
    return self->typed ? typed_by_now (self) : NULL;
  needs = json_array_new ();
  for (guint i = 0; i < self->needs->len; i++)
    {
      Need *need = self->needs->pdata[i];

      json_array_add_object_element (needs, part_of (need->rows, need->before, need->id));
    }
  for (guint i = 0; i < self->left->len; i++)
    json_array_add_object_element (needs, json_object_ref (self->left->pdata[i]));
  return kith_json_new ("person", "o", part_of (self->person, self->before, NULL), "needs", "a", needs, "answers", "a", kith_contact_answers_collect (self->answers), NULL);
}

static void
add_need (KithContactEdit *self,
          JsonObject      *part)
{
  Need *need = g_new0 (Need, 1);

  need->id = g_strdup (kith_json_string (part, "id"));
  need->before = json_object_ref (kith_json_object (part, "before"));
  need->rows = rows_new (self, "contact_need", need_fields, G_N_ELEMENTS (need_fields));
  kith_field_rows_show (need->rows, kith_json_object (part, "values"));
  g_ptr_array_add (self->needs, need);
  adw_preferences_group_add (self->needs_group, GTK_WIDGET (need->rows));
  gtk_widget_set_visible (GTK_WIDGET (self->needs_group), TRUE);
}

static void
clear_needs (KithContactEdit *self)
{
  for (guint i = 0; i < self->needs->len; i++)
    adw_preferences_group_remove (self->needs_group, GTK_WIDGET (((Need *) self->needs->pdata[i])->rows));
  g_ptr_array_set_size (self->needs, 0);
  g_ptr_array_set_size (self->left, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->needs_group), FALSE);
}

/* As a draft has it. typed: (nullable): what of it was typed. Yours */
static JsonObject *
part_of_row (KithRow    *row,
             JsonObject *typed)
{
  JsonObject *was = kith_json_new ("words", "s", kith_row_get_text (row, "words"), "note", "s", kith_row_get_text (row, "note"), NULL);

  return kith_json_new ("id", "s", kith_row_get_id (row), "before", "o", was, "values", "o", laid_over (was, values_of (typed)), NULL);
}

/* What was typed of needs, over those that are here by now. */
static void
place_left (KithContactEdit *self)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    for (guint k = 0; k < self->left->len; k++)
      if (g_strcmp0 (kith_json_string (self->left->pdata[k], "id"), kith_row_get_id (self->rows->pdata[i])) == 0)
        {
          g_autoptr (JsonObject) part = part_of_row (self->rows->pdata[i], self->left->pdata[k]);

          g_ptr_array_remove_index (self->left, k);
          add_need (self, part);
          break;
        }
}

static void
show (KithContactEdit *self,
      JsonObject      *draft)
{
  JsonObject *person = kith_json_object (draft, "person");
  JsonArray *needs = kith_json_array (draft, "needs");

  g_clear_pointer (&self->before, json_object_unref);
  self->before = json_object_ref (kith_json_object (person, "before"));
  kith_field_rows_show (self->person, kith_json_object (person, "values"));
  clear_needs (self);
  for (guint i = 0; needs && i < json_array_get_length (needs); i++)
    {
      JsonObject *part = json_array_get_object_element (needs, i);

      if (kith_json_object (part, "before"))
        add_need (self, part);
      else
        g_ptr_array_add (self->left, json_object_ref (part));
    }
  place_left (self);
}

static gboolean
has_need (JsonArray  *needs,
          const char *id)
{
  for (guint i = 0; needs && i < json_array_get_length (needs); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (needs, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

/* The call as it was read, as a draft has it. typed: (nullable): a draft that lies over it. Yours */
static JsonObject *
content_of (KithContactEdit *self,
            JsonObject      *typed)
{
  JsonArray *needs = json_array_new (), *mine = typed ? kith_json_array (typed, "needs") : NULL;
  JsonObject *values = laid_over (self->body, typed ? values_of (kith_json_object (typed, "person")) : NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (!has_need (mine, kith_row_get_id (self->rows->pdata[i])))
      json_array_add_object_element (needs, part_of_row (self->rows->pdata[i], NULL));
  for (guint i = 0; mine && i < json_array_get_length (mine); i++)
    json_array_add_object_element (needs, json_object_ref (json_array_get_object_element (mine, i)));
  return kith_json_new ("person", "o", kith_json_new ("before", "o", json_object_ref (self->body), "values", "o", values, NULL), "needs", "a", needs, NULL);
}

/* A draft without the record its author had before them has only what they typed, since that was taken away (kith_store_save_draft()): as in
 * kith-client-form.c it lies over the record once that is here again, and stands alone until then. */
static void
show_typed (KithContactEdit *self)
{
  g_autoptr (JsonObject) content = self->body && self->rows ? content_of (self, self->typed) : NULL;

  if (content)
    {
      g_clear_pointer (&self->typed, json_object_unref);
      show (self, content);
      return;
    }
  g_clear_pointer (&self->before, json_object_unref);
  clear_needs (self);
  kith_field_rows_show (self->person, values_of (kith_json_object (self->typed, "person")));
}

static void
kith_contact_edit_restore (KithForm   *form,
                           JsonObject *draft)
{
  KithContactEdit *self = KITH_CONTACT_EDIT (form);
  JsonObject *person = kith_json_object (draft, "person");

  g_clear_pointer (&self->typed, json_object_unref);
  if (person && kith_json_object (person, "before"))
    show (self, draft);
  else
    {
      self->typed = json_object_ref (draft);
      show_typed (self);
    }
  if (kith_json_array (draft, "answers"))
    kith_contact_answers_restore (self->answers, kith_json_array (draft, "answers"));
}

/* ---- what is there: taken once. What others change meanwhile is settled field by field when this is sent. */

static void
fill (KithContactEdit *self)
{
  g_autoptr (JsonObject) content = NULL, typed = NULL;

  if (self->filled || !self->body || !self->rows)
    return;
  self->filled = TRUE;
  if (self->typed)
    {
      typed = self->typed;
      self->typed = typed_by_now (self);
      show_typed (self);
      return;
    }
  content = content_of (self, NULL);
  kith_form_fill (KITH_FORM (self), content);
}

static void
contact_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithContactEdit *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  if (!body || self->body)
    return;
  self->body = json_object_ref (body);
  fill (self);
}

static void
needs_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactEdit *self = user_data;

  if (self->rows && self->left->len == 0)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref); /* the watch empties its own when it goes */
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->rows, g_object_ref (rows->pdata[i]));
  fill (self);
  place_left (self);
}

/* ---- saving */

static void
add_patch (GPtrArray     *steps,
           const char    *kind,
           const char    *id,
           KithFieldRows *rows,
           JsonObject    *before)
{
  JsonObject *set = json_object_new ();

  kith_field_rows_add_changes (rows, before, set);
  if (json_object_get_size (set) > 0)
    g_ptr_array_add (steps, kith_store_step_new ("record.patch", kith_json_new ("t", "s", kind, "id", "s", id, "set", "o", json_object_ref (set), NULL), FALSE));
  json_object_unref (set);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithContactEdit) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!saved)
    kith_form_refused (KITH_FORM (self), KITH_CONTEXT (source), error);
  else if (kith_form_get_context (KITH_FORM (self))) /* not locked or left meanwhile */
    kith_form_done (KITH_FORM (self), self->contact);
}

static void
kith_contact_edit_commit (KithForm *form)
{
  KithContactEdit *self = KITH_CONTACT_EDIT (form);
  g_autofree char *wrong = kith_field_rows_check (self->person);
  g_autoptr (GPtrArray) steps = kith_store_steps_new ();
  GtkWidget *where = NULL;

  for (guint i = 0; !wrong && i < self->needs->len; i++)
    {
      Need *need = self->needs->pdata[i];
      g_autofree char *words = kith_field_rows_get_text (need->rows, "words");

      wrong = words ? kith_field_rows_check (need->rows) : g_strdup (_("A need is told in a few words. One that is settled gets its status beside the call."));
      if (!words)
        kith_field_rows_focus (need->rows, "words");
    }
  if (!wrong && (wrong = kith_contact_answers_problem (self->answers, &where)))
    gtk_widget_grab_focus (where);
  if (wrong || !self->before)
    {
      kith_form_tell (form, wrong ? wrong : _("The call is not here yet. Try again in a moment."));
      return;
    }
  add_patch (steps, "contact_record", self->contact, self->person, self->before);
  for (guint i = 0; i < self->needs->len; i++)
    {
      Need *need = self->needs->pdata[i];

      add_patch (steps, "contact_need", need->id, need->rows, need->before);
    }
  kith_contact_answers_add_steps (self->answers, steps);
  if (steps->len == 0)
    {
      kith_form_drop_draft (form);
      kith_form_done (form, self->contact);
      return;
    }
  kith_form_submit (form, g_steal_pointer (&steps), _("Saved"), saved_cb, g_object_ref (self));
}

/* ---- life */

static void
kith_contact_edit_dispose (GObject *object)
{
  KithContactEdit *self = KITH_CONTACT_EDIT (object);

  g_clear_object (&self->contact_watch);
  g_clear_object (&self->needs_watch);
  g_clear_pointer (&self->needs, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->typed, json_object_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->contact, g_free);
  G_OBJECT_CLASS (kith_contact_edit_parent_class)->dispose (object);
}

static void
kith_contact_edit_class_init (KithContactEditClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_contact_edit_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_contact_edit_commit;
  KITH_FORM_CLASS (klass)->collect = kith_contact_edit_collect;
  KITH_FORM_CLASS (klass)->restore = kith_contact_edit_restore;
}

static AdwPreferencesGroup *
group_new (GtkWidget  *box,
           const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (box), group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
kith_contact_edit_init (KithContactEdit *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->needs = g_ptr_array_new_with_free_func (need_free);
  self->left = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->person_group = group_new (box, _("Who"), _("What was sent already keeps what it carried."));
  self->needs_group = group_new (box, _("Needs"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->needs_group), FALSE);
  self->box = GTK_BOX (box);
  gtk_widget_set_name (GTK_WIDGET (self->needs_group), "edit-needs");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 680);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 24);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  kith_form_set_content (KITH_FORM (self), scroller);
}

GtkWidget *
kith_contact_edit_new (KithContext *context,
                       const char  *contact)
{
  static const char *const contact_kinds[] = { "contact_record", NULL }, *const need_kinds[] = { "contact_need", NULL };
  g_autofree char *place = g_strconcat ("edit:", contact, NULL), *key = g_strconcat ("contact:edit:", contact, NULL), *scope = g_strconcat ("contact:", contact, NULL);
  KithContactEdit *self = g_object_new (KITH_TYPE_CONTACT_EDIT, NULL);

  self->contact = g_strdup (contact);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Edit the Call"), _("Save"));
  self->person = rows_new (self, "contact_record", person_fields, G_N_ELEMENTS (person_fields));
  adw_preferences_group_add (self->person_group, GTK_WIDGET (self->person));
  self->answers = KITH_CONTACT_ANSWERS (kith_contact_answers_new (context, contact));
  gtk_widget_set_name (GTK_WIDGET (self->answers), "edit-answers");
  g_signal_connect_object (self->answers, "changed", G_CALLBACK (touched_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->answers));
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (self->person));
  self->contact_watch = kith_watch_new (context, "contact", contact_kinds, contact, contact_cb, self);
  self->needs_watch = kith_watch_new (context, "contact-needs", need_kinds, contact, needs_cb, self);
  return GTK_WIDGET (self);
}
