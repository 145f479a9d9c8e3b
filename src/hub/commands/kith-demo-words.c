/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-demo.h"

static const char *const given_names[] = {
  "Maria", "José", "Ana", "Luis", "Carmen", "Juan Carlos", "Rosa", "Miguel", "Guadalupe", "Ángel", "Sofía", "Ramón", "Inés", "Óscar",
  "James", "Mary", "Robert", "Patricia", "Michael", "Linda", "David", "Elizabeth", "William", "Barbara", "Tyrone", "Latoya", "Darnell", "Keisha",
  "Thị Hoa", "Văn Minh", "Thu", "Anh", "Quốc Bảo", "Mei", "Wei", "Xiu Ying", "Jun", "Hye-jin", "Min-ho", "Yuki", "Kenji",
  "Fatima", "Mohamed", "Amina", "Yusuf", "Khadija", "Omar", "Leila", "Hassan", "Abdi", "Hodan",
  "Łukasz", "Zofia", "Đorđe", "Jelena", "Søren", "Åsa", "Björn", "Chloé", "Renée", "Siobhán", "Niamh", "Oksana", "Ivan",
  "Malia", "Kalani", "Teuila", "Sione", "Nizhoni", "Ahiga", "Priya", "Arjun", "Lakshmi", "Sanjay", "Jean-Pierre", "Marie-Claire", "Nneka", "Chidi",
};

static const char *const family_names[] = {
  "García López", "Hernández", "Martínez Ruiz", "Núñez", "Rodríguez", "Peña", "de la Cruz", "Flores", "Morales", "Ibáñez", "Castillo", "Ortega",
  "Smith", "Johnson", "Williams", "Brown", "Jones", "Davis", "Miller", "Wilson", "Washington", "Jefferson", "Booker", "O’Brien", "McAllister",
  "Nguyễn", "Trần", "Lê", "Phạm", "Chen", "Wang", "Li", "Kim", "Park", "Tanaka", "Sato", "Santos", "Reyes", "Bautista",
  "Ali", "Hassan", "Ibrahim", "Abdullahi", "Al-Masri", "Haddad", "Warsame", "Farah",
  "Wójcik", "Łuczak", "Đurić", "Petrović", "Sørensen", "Åkesson", "Kovalenko", "Ivanova", "Dvořák", "Müller", "Weiß",
  "Kealoha", "Tuipulotu", "Begay", "Yazzie", "Patel", "Singh", "Krishnan", "Okafor", "Adeyemi", "Toussaint", "Beaumont-Leroy",
};

static const char *const streets[] = {
  "Cedar Street", "Mission Road", "Orchard Lane", "Bay View Avenue", "Fourth Street", "Juniper Way", "Harbor Drive", "Old Mill Road",
  "Sycamore Court", "Union Avenue", "Canyon Road", "Garden Terrace", "Market Street", "Pine Hill", "Riverside Drive", "Station Road",
};

static const char *const agencies[] = {
  "Harbor Light Shelter", "Eastside Community Clinic", "Open Table Food Bank", "Cedar Family Services", "Northgate Legal Aid",
  "Second Step Housing", "Bridgeway Recovery", "Valley Youth Center", "Golden Years Senior Services", "New Roots Refugee Support",
  "Mercy Street Outreach", "Lantern Job Center",
};

static const char *const districts[] = {
  "of Riverton", "of Southport", "of Oak Hill", "of the Mesa", "of West Valley", "of Lakeside", "of Fairmont", "of Old Town",
};

/* Shelter, clinic, food bank first: the first agencies of any network have one each. */
static const KithDemoService services[] = {
  { "Emergency shelter beds", "A bed for the night, dinner and breakfast, lockers and showers. Pets are welcome in the annex.",
    "Adults 18 and over without a place to stay tonight", "17:00", "08:00", "MO,TU,WE,TH,FR,SA,SU", TRUE, "Nights" },
  { "Primary care visits", "Check-ups, chronic illness, vaccines and minor injuries. Interpreters on the phone in 40 languages.",
    "Anyone, insured or not", "08:30", "17:30", "MO,TU,WE,TH,FR", TRUE, "Family medicine" },
  { "Weekly food box", "Fresh produce, grains and milk for a household for a week. Bring a bag.",
    "Households below 200 % of the poverty line", "10:00", "14:00", "TU,TH,SA", TRUE, "Weekly boxes" },
  { "Rent and utility help", "A one-time payment to stop an eviction or a shut-off, and a plan for the months after.",
    "Households with a notice of eviction or shut-off", "09:00", "16:00", "MO,TU,WE,TH,FR", TRUE, "Staying housed" },
  { "Tenant advice", "A lawyer reads the letter, explains the choices and writes the answer.",
    "Renters in the county", "09:00", "13:00", "MO,WE,FR", FALSE, "Tenant advice" },
  { "Rapid rehousing", "Help to find a flat, the deposit, and visits for half a year.",
    "Families in shelter or on the street", "09:00", "17:00", "MO,TU,WE,TH,FR", TRUE, "First keys" },
  { "Outpatient counseling", "Groups and one-to-one talks about alcohol and drugs, day and evening.",
    "Adults who ask for it themselves", "09:00", "20:00", "MO,TU,WE,TH,FR", TRUE, "Evening groups" },
  { "After-school program", "Homework help, sports and a warm meal for young people from 11 to 17.",
    "Young people from 11 to 17", "14:00", "19:00", "MO,TU,WE,TH,FR", FALSE, "After school" },
  { "Meals on wheels", "A hot lunch at the door, and somebody who asks how things are.",
    "People over 60 who cannot cook for themselves", "10:30", "13:30", "MO,TU,WE,TH,FR", TRUE, "Meals at the door" },
  { "English classes", "Small groups in the morning and the evening, with child care.",
    "Newcomers to the country", "09:00", "20:30", "MO,TU,WE,TH", FALSE, "English circles" },
  { "Street outreach team", "Two workers and a van: blankets, wound care, rides to shelter, papers.",
    "People living outside", "06:00", "22:00", "MO,TU,WE,TH,FR,SA,SU", TRUE, "On the street" },
  { "Job coaching", "CV, interviews, work clothes, and calls to employers who hire.",
    "Adults looking for work", "09:00", "17:00", "MO,TU,WE,TH,FR", TRUE, "Back to work" },
};

const char *
kith_demo_given_name (KithRandom *random)
{
  return given_names[kith_random_below (random, G_N_ELEMENTS (given_names))];
}

/**
 * kith_demo_family_name:
 *
 * Returns: (transfer none): static
 */
const char *
kith_demo_family_name (KithRandom *random)
{
  return family_names[kith_random_below (random, G_N_ELEMENTS (family_names))];
}

/**
 * kith_demo_street:
 *
 * Returns: (transfer none): static, without a house number
 */
const char *
kith_demo_street (KithRandom *random)
{
  return streets[kith_random_below (random, G_N_ELEMENTS (streets))];
}

/**
 * kith_demo_agency_name:
 *
 * Returns: (transfer full): another one for each @i, however large
 */
char *
kith_demo_agency_name (guint i)
{
  guint round = i / G_N_ELEMENTS (agencies);

  if (round == 0)
    return g_strdup (agencies[i]);
  if (round <= G_N_ELEMENTS (districts))
    return g_strdup_printf ("%s %s", agencies[i % G_N_ELEMENTS (agencies)], districts[round - 1]);
  return g_strdup_printf ("%s No. %u", agencies[i % G_N_ELEMENTS (agencies)], round + 1);
}

/**
 * kith_demo_service:
 * @i: any number: beyond the last it begins anew
 *
 * Returns: (transfer none): static
 */
const KithDemoService *
kith_demo_service (guint i)
{
  return &services[i % G_N_ELEMENTS (services)];
}

/**
 * kith_demo_n_services:
 *
 * Returns: how many different ones there are
 */
guint
kith_demo_n_services (void)
{
  return G_N_ELEMENTS (services);
}
