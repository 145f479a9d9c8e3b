/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people of the made-up network: names that go together, and the language somebody of such a name may prefer. */

#include "kith-demo.h"

#define MAX_NAMES 16

typedef struct
{
  guint weight; /* of a hundred */
  const char *language; /* NULL: English */
  gboolean two_families, single;
  const char *given[MAX_NAMES], *family[MAX_NAMES]; /* NULL-ended */
} People;

static const People peoples[] = {
  { 34, "es", TRUE, FALSE,
    { "María", "José", "Ana", "Luis", "Carmen", "Juan Carlos", "Rosa", "Miguel", "Guadalupe", "Ángel", "Sofía", "Ramón", "Inés", "Óscar", NULL },
    { "García", "Hernández", "Martínez", "Núñez", "Rodríguez", "Peña", "de la Cruz", "Flores", "Morales", "Ibáñez", "Castillo", "Ortega", NULL } },
  { 30, NULL, FALSE, FALSE,
    { "James", "Mary", "Robert", "Patricia", "Michael", "Linda", "David", "Elizabeth", "Tyrone", "Latoya", "Darnell", "Keisha", "Siobhán", "Chloé", NULL },
    { "Smith", "Johnson", "Williams", "Brown", "Miller", "Wilson", "Washington", "Jefferson", "Booker", "O’Brien", "McAllister", "Beaumont-Leroy", NULL } },
  { 9, "vi", FALSE, FALSE, { "Thị Hoa", "Văn Minh", "Thu", "Anh", "Quốc Bảo", "Ngọc", NULL }, { "Nguyễn", "Trần", "Lê", "Phạm", "Đặng", NULL } },
  { 7, "zh", FALSE, FALSE, { "Mei", "Wei", "Xiu Ying", "Jun", "Li Na", NULL }, { "Chen", "Wang", "Li", "Zhang", "Liu", NULL } },
  { 6, "tl", FALSE, FALSE, { "Jasmine", "Paolo", "Maricel", "Rodrigo", "Lourdes", NULL }, { "Santos", "Reyes", "Bautista", "Cruz", "Villanueva", NULL } },
  { 5, "so", FALSE, FALSE, { "Amina", "Abdi", "Hodan", "Yusuf", "Khadija", NULL }, { "Abdullahi", "Warsame", "Farah", "Ibrahim", "Hassan", NULL } },
  { 4, "ar", FALSE, FALSE, { "Fatima", "Omar", "Leila", "Hassan", "Mohamed", NULL }, { "Al-Masri", "Haddad", "Khoury", "Ali", NULL } },
  { 2, "uk", FALSE, FALSE, { "Oksana", "Ivan", "Zofia", "Jelena", NULL }, { "Kovalenko", "Shevchenko", "Bondarenko", NULL } },
  { 1, "id", FALSE, TRUE, { "Suharto", "Wayan", "Kadek", NULL }, { NULL } },
  { 1, "nv", FALSE, FALSE, { "Nizhoni", "Ahiga", "Haseya", NULL }, { "Begay", "Yazzie", "Tsosie", NULL } },
  { 1, NULL, FALSE, FALSE, { "Malia", "Kalani", "Sione", "Teuila", NULL }, { "Kealoha", "Tuipulotu", "Kahale", NULL } },
};

static const char *
pick (KithRandom *random, const char *const *names)
{
  guint n = 0;

  while (names[n] != NULL)
    n++;
  return n > 0 ? names[kith_random_below (random, n)] : NULL;
}

void
kith_demo_person (KithRandom *random, KithDemoPerson *person)
{
  guint roll = kith_random_below (random, 100), i = 0;

  while (i + 1 < G_N_ELEMENTS (peoples) && roll >= peoples[i].weight)
    roll -= peoples[i++].weight;
  person->language = peoples[i].language;
  person->given = pick (random, peoples[i].given);
  person->family = peoples[i].single ? NULL : pick (random, peoples[i].family);
  person->second_family = peoples[i].two_families && kith_random_below (random, 100) < 45 ? pick (random, peoples[i].family) : NULL;
  if (person->second_family == person->family)
    person->second_family = NULL;
}
