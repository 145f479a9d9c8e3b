/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a column of a list of people can fill, and what such columns are called. */

/* Not a file's to say: what the operations write (client.import would refuse the row), and what columns of their own fill. */
static gboolean
is_own (const KithField *field)
{
  return field->merge == KITH_MERGE_FIXED || g_str_equal (field->name, "phones") || g_str_equal (field->name, "address");
}

static const struct
{
  const char *target, *label;
} phones[KITH_COLUMN_PHONES] = { { "phone", N_("Phone") }, { "phone_2", N_("Second phone") }, { "phone_3", N_("Third phone") } };

static gboolean
is_number (const KithField *field)
{
  return g_str_equal (field->name, "number");
}

/* "phone_2": its number; "phone_2_type": what else is said of it. */
static const KithField *
find_phone (const char *target, guint *phone)
{
  const KithKind *kind = kith_kind_get ("client_phone");

  for (guint i = KITH_COLUMN_PHONES; i-- > 0;)
    {
      const char *rest = g_str_has_prefix (target, phones[i].target) ? target + strlen (phones[i].target) : NULL;
      const KithField *field = NULL;

      if (rest != NULL && *rest == '\0')
        field = kith_kind_get_field (kind, "number");
      else if (rest != NULL && *rest == '_' && strcmp (rest, "_number") != 0)
        field = kith_kind_get_field (kind, rest + 1);
      *phone = i;
      if (field != NULL)
        return field;
    }
  return NULL;
}

/**
 * kith_column_find:
 * @target: "date_of_birth", "city", "phone_2_safe_to_call"
 * @place: (out): of what it is a part
 * @field: (out) (nullable): which; NULL for the number in the list, and for names all in one
 * @phone: (out): the how manieth of somebody's phones, from 0
 *
 * Returns: whether a column can fill it
 */
gboolean
kith_column_find (const char *target, KithColumnPlace *place, const KithField **field, guint *phone)
{
  *field = NULL;
  *phone = 0;
  *place = KITH_COLUMN_SOURCE_ID;
  if (strcmp (target, "source_id") == 0)
    return TRUE;
  *place = KITH_COLUMN_NAME;
  if (strcmp (target, "full_name") == 0)
    return TRUE;
  *place = KITH_COLUMN_PHONE;
  if ((*field = find_phone (target, phone)) != NULL)
    return TRUE;
  *place = KITH_COLUMN_FIELD;
  *field = kith_kind_get_field (kith_kind_get ("client"), target);
  if (*field != NULL && !is_own (*field))
    return TRUE;
  *place = KITH_COLUMN_BILLING;
  *field = kith_kind_get_field (kith_kind_get ("client_billing"), target);
  if (*field != NULL && !is_own (*field))
    return TRUE;
  *place = KITH_COLUMN_ADDRESS;
  *field = kith_kind_get_field (kith_kind_get ("address"), target);
  return *field != NULL;
}

/* What columns are called elsewhere, folded to letters and digits: names of HMIS, of FHIR exports, of spreadsheets. */
static const struct
{
  const char *name;
  const char *target;
} synonyms[] = {
  { "id", "source_id" }, { "clientid", "source_id" }, { "personalid", "source_id" }, { "recid", "source_id" }, { "recordid", "source_id" },
  { "first", "given_name" }, { "firstname", "given_name" }, { "forename", "given_name" }, { "givenname", "given_name" },
  { "middle", "middle_name" }, { "middlename", "middle_name" },
  { "fullname", "full_name" }, { "wholename", "full_name" }, { "clientname", "full_name" }, { "lastfirst", "full_name" }, { "lastnamefirstname", "full_name" },
  { "last", "family_name" }, { "lastname", "family_name" }, { "surname", "family_name" }, { "familyname", "family_name" },
  { "secondlastname", "second_family_name" }, { "secondfamilyname", "second_family_name" },
  { "alias", "other_names" }, { "aka", "other_names" }, { "nickname", "other_names" }, { "preferredname", "preferred_name" },
  { "dob", "date_of_birth" }, { "birthdate", "date_of_birth" }, { "dateofbirth", "date_of_birth" }, { "birthday", "date_of_birth" },
  { "gender", "sex" }, { "telephone", "phone" }, { "phonenumber", "phone" }, { "mobile", "phone" }, { "cell", "phone" },
  { "mobilephone", "phone" }, { "cellphone", "phone" }, { "homephone", "phone_2" }, { "workphone", "phone_3" },
  { "emailaddress", "email" }, { "street", "address_1" }, { "address", "address_1" }, { "addressline1", "address_1" },
  { "addressline2", "address_2" }, { "town", "city" }, { "suburb", "city" }, { "state", "state_province" }, { "province", "state_province" },
  { "zip", "postal_code" }, { "zipcode", "postal_code" }, { "postcode", "postal_code" }, { "language", "languages" },
  { "preferredlanguage", "languages" }, { "notes", "contact_note" }, { "no", "source_id" }, { "nr", "source_id" }, { "number", "source_id" }, { "num", "source_id" },
  { "clientno", "source_id" }, { "clientnumber", "source_id" }, { "fname", "given_name" }, { "lname", "family_name" }, { "born", "date_of_birth" },
  { "bornon", "date_of_birth" }, { "died", "deceased_on" }, { "dateofdeath", "deceased_on" }, { "birth", "date_of_birth" }, { "tel", "phone" }, { "cellular", "phone" }, { "lang", "languages" }, { "langs", "languages" },
  { "primarylanguage", "languages" },
  { "insurer", "insurance_provider" }, { "insurance", "insurance_provider" }, { "insurancecompany", "insurance_provider" }, { "insurancename", "insurance_provider" },
  { "healthinsurance", "insurance_provider" }, { "healthplan", "insurance_provider" }, { "policynumber", "insurance_number" }, { "policyno", "insurance_number" },
  { "insuranceid", "insurance_number" }, { "insuranceno", "insurance_number" }, { "memberid", "insurance_number" }, { "groupnumber", "insurance_group" },
  { "groupno", "insurance_group" }, { "policyholder", "insurance_holder" }, { "insuredperson", "insurance_holder" }, { "subscriber", "insurance_holder" },
  { "insuredfrom", "insurance_from" }, { "insuredsince", "insurance_from" }, { "coveragestart", "insurance_from" }, { "insuredto", "insurance_until" },
  { "insureduntil", "insurance_until" }, { "coverageend", "insurance_until" }, { "secondaryinsurance", "other_insurance" }, { "secondinsurance", "other_insurance" },
  { "otherinsurances", "other_insurance" }, { "medicaid", "medicaid_number" }, { "medicaidid", "medicaid_number" }, { "medicaidno", "medicaid_number" },
  { "socialsecurity", "ssn" }, { "socialsecuritynumber", "ssn" }, { "socialsecurityno", "ssn" }, { "ssndataquality", "ssn_data_quality" },
  { "billingnotes", "billing_note" },
  { "veteran", "veteran_status" }, { "isveteran", "veteran_status" }, { "isaveteran", "veteran_status" }, { "usveteran", "veteran_status" },
  { "militaryveteran", "veteran_status" }, { "interpreter", "interpreter_needed" }, { "needsinterpreter", "interpreter_needed" },
  { "interpreterrequired", "interpreter_needed" }, { "needinterpreter", "interpreter_needed" }, { "translator", "interpreter_needed" },
  { "dnc", "do_not_contact" }, { "nocontact", "do_not_contact" }, { "pronoun", "pronouns" }, { "suffix", "name_suffix" },
  { "participantname", "full_name" },
  { "phone2", "phone_2" }, { "secondphone", "phone_2" }, { "phone3", "phone_3" }, { "thirdphone", "phone_3" },
  /* Spanish, without its accents. */
  { "numero", "source_id" }, { "expediente", "source_id" }, { "nombre", "given_name" }, { "nombres", "given_name" }, { "primernombre", "given_name" },
  { "segundonombre", "middle_name" }, { "nombrecompleto", "full_name" }, { "apellidosynombres", "full_name" }, { "apellidosynombre", "full_name" },
  { "apellidoynombre", "full_name" }, { "nombreyapellidos", "full_name" }, { "nombreyapellido", "full_name" }, { "apellido", "family_name" }, { "apellidos", "family_name" }, { "primerapellido", "family_name" },
  { "apellidopaterno", "family_name" }, { "segundoapellido", "second_family_name" }, { "apellidomaterno", "second_family_name" }, { "apodo", "other_names" },
  { "otrosnombres", "other_names" }, { "fechadenacimiento", "date_of_birth" }, { "fechanacimiento", "date_of_birth" }, { "fechanac", "date_of_birth" },
  { "nacimiento", "date_of_birth" }, { "nacido", "date_of_birth" }, { "nacida", "date_of_birth" }, { "sexo", "sex" }, { "genero", "sex" }, { "telefono", "phone" },
  { "celular", "phone" }, { "movil", "phone" }, { "correo", "email" }, { "correoelectronico", "email" }, { "direccion", "address_1" }, { "domicilio", "address_1" },
  { "calle", "address_1" }, { "ciudad", "city" }, { "estado", "state_province" }, { "provincia", "state_province" }, { "codigopostal", "postal_code" },
  { "cp", "postal_code" }, { "idioma", "languages" }, { "idiomas", "languages" }, { "lengua", "languages" }, { "notas", "contact_note" },
  { "aseguradora", "insurance_provider" }, { "seguro", "insurance_provider" }, { "seguromedico", "insurance_provider" }, { "segurodesalud", "insurance_provider" },
  { "companiadeseguros", "insurance_provider" }, { "poliza", "insurance_number" }, { "numerodepoliza", "insurance_number" }, { "numerodeasegurado", "insurance_number" },
  { "numerodelseguro", "insurance_number" }, { "numerodegrupo", "insurance_group" }, { "asegurado", "insurance_holder" }, { "asegurada", "insurance_holder" },
  { "titulardelseguro", "insurance_holder" }, { "aseguradodesde", "insurance_from" }, { "aseguradadesde", "insurance_from" }, { "aseguradohasta", "insurance_until" },
  { "aseguradahasta", "insurance_until" }, { "otroseguro", "other_insurance" }, { "otrosseguros", "other_insurance" }, { "numerodemedicaid", "medicaid_number" },
  { "segurosocial", "ssn" }, { "numerodesegurosocial", "ssn" }, { "numerodelsegurosocial", "ssn" }, { "nss", "ssn" }, { "notasdefacturacion", "billing_note" },
  { "veterano", "veteran_status" }, { "veterana", "veteran_status" }, { "esveterano", "veteran_status" }, { "esveterana", "veteran_status" },
  { "interprete", "interpreter_needed" }, { "necesitainterprete", "interpreter_needed" }, { "nocontactar", "do_not_contact" }, { "pronombres", "pronouns" },
  { "telefono2", "phone_2" }, { "segundotelefono", "phone_2" }, { "telefono3", "phone_3" }, { "tercertelefono", "phone_3" },
};

/* What stands beside a number, said of the first one; with its number before or behind it, of another. */
static const struct
{
  const char *name;
  const char *field; /* of client_phone */
} phone_synonyms[] = {
  { "typeofphone", "type" }, { "telephonetype", "type" }, { "phonekind", "type" },
  { "safetocall", "safe_to_call" }, { "oktocall", "safe_to_call" }, { "okaytocall", "safe_to_call" }, { "maycall", "safe_to_call" }, { "cancall", "safe_to_call" },
  { "maywecall", "safe_to_call" }, { "canwecall", "safe_to_call" }, { "safetophone", "safe_to_call" },
  { "safetotext", "safe_to_text" }, { "oktotext", "safe_to_text" }, { "okaytotext", "safe_to_text" }, { "maytext", "safe_to_text" }, { "cantext", "safe_to_text" },
  { "maywetext", "safe_to_text" }, { "canwetext", "safe_to_text" }, { "safetosendtext", "safe_to_text" }, { "safetosendatextmessage", "safe_to_text" },
  { "safetoleavemessage", "safe_to_leave_message" }, { "safetoleaveamessage", "safe_to_leave_message" }, { "oktoleavemessage", "safe_to_leave_message" },
  { "oktoleaveamessage", "safe_to_leave_message" }, { "okaytoleavemessage", "safe_to_leave_message" }, { "okaytoleaveamessage", "safe_to_leave_message" },
  { "leavemessage", "safe_to_leave_message" }, { "leaveamessage", "safe_to_leave_message" }, { "leavevoicemail", "safe_to_leave_message" },
  { "safetoleavevoicemail", "safe_to_leave_message" }, { "oktoleavevoicemail", "safe_to_leave_message" }, { "voicemailok", "safe_to_leave_message" },
  /* Spanish, without its accents. */
  { "tipodetelefono", "type" }, { "tipotelefono", "type" },
  { "sepuedellamar", "safe_to_call" }, { "puedellamarse", "safe_to_call" }, { "essegurollamar", "safe_to_call" }, { "segurollamar", "safe_to_call" },
  { "seguroparallamar", "safe_to_call" },
  { "essegurotextear", "safe_to_text" }, { "sepuedetextear", "safe_to_text" },
  { "esseguroenviarunmensajedetexto", "safe_to_text" }, { "esseguroenviarmensajes", "safe_to_text" }, { "sepuedenenviarmensajes", "safe_to_text" },
  { "esseguroenviarmensajesdetexto", "safe_to_text" }, { "sepuedenenviarmensajesdetexto", "safe_to_text" }, { "seguroparamensajes", "safe_to_text" },
  { "essegurodejarunmensaje", "safe_to_leave_message" }, { "essegurodejarmensaje", "safe_to_leave_message" }, { "sepuededejarmensaje", "safe_to_leave_message" },
  { "sepuededejarunmensaje", "safe_to_leave_message" }, { "dejarmensaje", "safe_to_leave_message" },
};

static char *
fold_header (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  GString *out = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (out, g_ascii_tolower (*at));
  return g_string_free (out, FALSE);
}

static gboolean
is_target (const char *target)
{
  KithColumnPlace place;
  const KithField *field;
  guint phone;

  return kith_column_find (target, &place, &field, &phone);
}

/* "safetocall", "safetocall2", "phone2safetocall": said of the first number, where none is named. */
static char *
guess_of_phone (const char *folded)
{
  static const char *const words[] = { "phone", "telephone", "telefono" };
  g_autofree char *rest = NULL;
  guint phone = 0;
  gsize last;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (folded, words[i]))
      {
        folded += strlen (words[i]);
        break;
      }
  if (*folded >= '1' && *folded <= '3')
    phone = (guint) (*folded++ - '1');
  rest = g_strdup (folded);
  last = strlen (rest);
  if (last > 0 && rest[last - 1] >= '1' && rest[last - 1] <= '3')
    {
      phone = (guint) (rest[last - 1] - '1');
      rest[last - 1] = '\0';
    }
  for (guint k = 0; k < G_N_ELEMENTS (phone_synonyms); k++)
    if (strcmp (rest, phone_synonyms[k].name) == 0)
      return g_strdup_printf ("%s_%s", phones[phone].target, phone_synonyms[k].field);
  return NULL;
}

/* As Kith itself calls it, in English or in the language spoken: "Needs an interpreter". Of two of one name it is neither. */
static char *
guess_of_label (const char *folded)
{
  g_autoptr (GPtrArray) targets = kith_column_targets ();
  const char *found = NULL;
  char *phone = guess_of_phone (folded);

  if (phone != NULL)
    return phone;
  for (guint i = 0; i < targets->len; i++)
    {
      KithColumnPlace place;
      const KithField *field;
      guint of;
      g_autofree char *own = NULL, *spoken = NULL;

      if (!kith_column_find (targets->pdata[i], &place, &field, &of) || field == NULL || place == KITH_COLUMN_PHONE)
        continue;
      own = fold_header (field->label);
      spoken = fold_header (_(field->label));
      if (strcmp (folded, own) != 0 && strcmp (folded, spoken) != 0)
        continue;
      if (found != NULL)
        return NULL;
      found = targets->pdata[i];
    }
  return g_strdup (found);
}

/**
 * kith_column_guess:
 * @name: what a file calls a column
 *
 * Returns: (nullable) (transfer full): the field such a column fills as a rule
 */
char *
kith_column_guess (const char *name)
{
  g_autofree char *lower = g_strdelimit (g_ascii_strdown (name, -1), " -", '_');
  g_autofree char *folded = fold_header (name);

  if (is_target (lower))
    return g_steal_pointer (&lower);
  for (guint k = 0; k < G_N_ELEMENTS (synonyms); k++)
    if (strcmp (folded, synonyms[k].name) == 0)
      return g_strdup (synonyms[k].target);
  return guess_of_label (folded);
}

/**
 * kith_column_targets:
 *
 * Returns: (transfer container) (element-type utf8): every field that a column can fill
 */
GPtrArray *
kith_column_targets (void)
{
  GPtrArray *targets = g_ptr_array_new ();
  const KithKind *kinds[] = { kith_kind_get ("client"), kith_kind_get ("address"), kith_kind_get ("client_billing") }, *phone = kith_kind_get ("client_phone");

  g_ptr_array_add (targets, (gpointer) "full_name");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < kinds[k]->n_fields; i++)
      {
        const KithField *field = &kinds[k]->fields[i];

        if (field->type != KITH_FIELD_PART && field->type != KITH_FIELD_PARTS && field->type != KITH_FIELD_REF && field->type != KITH_FIELD_REFS &&
            field->type != KITH_FIELD_JSON && (k == 1 || !is_own (field)))
          g_ptr_array_add (targets, (gpointer) field->name);
      }
  g_ptr_array_add (targets, (gpointer) "source_id");
  for (guint k = 0; k < G_N_ELEMENTS (phones); k++)
    for (guint i = 0; i < phone->n_fields; i++)
      {
        g_autofree char *part = g_strconcat (phones[k].target, "_", phone->fields[i].name, NULL);

        g_ptr_array_add (targets, (gpointer) (is_number (&phone->fields[i]) ? phones[k].target : g_intern_string (part)));
      }
  return targets;
}

/**
 * kith_column_label:
 *
 * Returns: (transfer none): what a person calls the field, translated
 */
const char *
kith_column_label (const char *target)
{
  KithColumnPlace place;
  const KithField *field;
  g_autofree char *label = NULL;
  guint phone;

  if (!kith_column_find (target, &place, &field, &phone))
    return target;
  if (place == KITH_COLUMN_SOURCE_ID)
    return _("Number in the list");
  if (place == KITH_COLUMN_NAME)
    return _("Whole name: family name, given names");
  if (place != KITH_COLUMN_PHONE)
    return _(field->label);
  if (is_number (field))
    return _(phones[phone].label);
  /* Translators: one of somebody's phones, then what is said of it: "Second phone: Safe to call" */
  label = g_strdup_printf (_("%s: %s"), _(phones[phone].label), _(field->label));
  return g_intern_string (label);
}
