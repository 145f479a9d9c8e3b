/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Short forms of given names, English and Spanish, as people at a front desk hear them: "Bob" may be registered as Robert, "Paco" as
 * Francisco. A short form used for several names stands once for each. Small on purpose: what is missing here still has its sound
 * and its letters. */

#include "kith-match.h"

#include <string.h>

/* The formal name first. Folded, one space between. */
static const char *const families[] = {
  "abigail abby gail", "abraham abe", "albert al bert bertie", "alejandra ale alex sandra", "alejandro ale alex jandro", "alexander alex al xander sandy",
  "alexandra alex sandra lexi sandy", "alfonso poncho fonso", "alfred alf fred alfie", "amanda mandy", "andrew andy drew", "andrea andy",
  "angela angie", "anna annie ann anne ana anita", "anthony tony", "antonio tono tony", "antonia tonia toni", "arthur art artie",
  "barbara barb babs barbie", "beatriz bea betty", "benjamin ben benny benji", "bernard bernie", "beverly bev", "bradley brad", "caroline carrie carol",
  "carlos carlitos charly", "catalina cata lina", "catherine cathy kate katie kathy cat katherine kathryn kat kitty", "charles charlie chuck chas",
  "christina chris tina christy chrissy christine", "christopher chris kit topher", "concepcion concha conchita", "consuelo chelo",
  "cynthia cindy", "daniel dan danny dani", "daniela dani", "david dave davy", "deborah deb debbie debra", "dolores lola loli lolita",
  "donald don donny", "dorothy dot dottie dolly", "edward ed eddie ted ned teddy", "eduardo lalo edu eddie", "eleanor ellie nell nora",
  "elizabeth liz beth betty lizzie eliza betsy libby elisabeth lisa", "emily em emmy", "enrique quique kike", "ernesto neto", "esperanza pera",
  "eugene gene", "felipe pipe", "fernando nando fer", "florence flo flossie", "frances fran franny", "francis frank", "francisca paca paquita",
  "francisco paco pancho curro frank fran", "franklin frank", "frederick fred freddy freddie", "gabriel gabe gabi", "gabriela gabi gaby", "gerald gerry jerry",
  "george georgie", "gilberto beto gil", "gloria glori", "graciela chela", "gregory greg", "gregorio goyo", "guadalupe lupe lupita", "guillermo memo willy guille",
  "gustavo gus tavo", "harold harry hal", "helen nell nellie", "henry hank harry", "hector tito", "ignacio nacho", "isabel isa chabela isabella bella", "isidro chilo",
  "jacob jake", "jacqueline jackie", "james jim jimmy jamie jimmie", "janet jan", "jeffrey jeff geoff geoffrey", "jennifer jen jenny jenn", "jessica jess jessie",
  "jesus chuy chucho", "john jack johnny jon", "jonathan jon john jonny", "jorge coco", "jose pepe chepe joe", "josefina pepa fina josie", "joseph joe joey jo",
  "joshua josh", "juan juanito johnny", "juana juanita", "judith judy", "julia julie", "kenneth ken kenny", "kimberly kim", "lawrence larry laurie laurence",
  "leonard leo len lenny", "leonardo leo", "leticia lety", "lillian lily lil", "louis lou louie lewis", "luis lucho luisito", "luisa lu", "lucia lucy luci",
  "magdalena magda lena", "manuel manny manolo lolo", "manuela manoli", "margaret maggie meg peggy marge margie greta daisy madge",
  "margarita rita mago margo", "maria mary mari maruja marita", "mary molly polly mamie", "martha marty mattie", "matthew matt matty", "maxwell max",
  "melissa mel missy", "mercedes meche merche", "michael mike mick mickey mikey micky", "michelle shelly", "miguel mike miguelito migue", "mildred millie",
  "nancy nan", "natalia nati talia", "nathaniel nat nate nathan", "nicholas nick nicky nico", "nicolas nico", "octavio tavo", "pablo pablito",
  "pamela pam", "patricia pat patty tricia trish pati", "patrick pat paddy rick", "pedro perico peter", "peter pete", "philip phil pip phillip",
  "pilar pili", "rachel rae", "rafael rafa rafi", "ramon moncho", "randall randy", "raymond ray", "rebecca becky becca", "refugio cuca", "ricardo rick ricky richi cardo",
  "richard rick dick rich richie ricky", "robert bob bobby rob robbie bert", "roberto beto rob", "rodrigo rodri", "ronald ron ronnie", "rosa rosie rosita", "rosario charo chayo",
  "rose rosie", "russell russ", "ruth ruthie", "samantha sam sammy", "samuel sam sammy", "sandra sandy", "salvador chava", "santiago santi chago", "sarah sally sadie sara",
  "sergio checo", "sharon shari", "sofia sofi", "sophia sophie", "soledad sole chole", "stephanie steph stevie", "steven steve stephen stevie",
  "susan sue susie suzy suzanne", "teresa tere teresita terry", "theodore ted teddy theo", "theresa terry tess tessa", "thomas tom tommy thom", "timothy tim timmy",
  "valentina vale", "veronica vero ronnie", "vicente chente vince", "victor vic", "victoria vicky tori vicki", "vincent vince vinny vin", "virginia ginny ginger",
  "walter walt wally", "wilhelmina mina willa", "william bill billy will willie liam", "yolanda yoli", "zachary zach zack",
};

static GHashTable *
short_forms (void)
{
  static gsize once;
  static GHashTable *table; /* word → GArray of places in families */

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
      for (guint i = 0; i < G_N_ELEMENTS (families); i++)
        {
          g_auto (GStrv) words = g_strsplit (families[i], " ", -1);

          for (guint k = 0; words[k] != NULL; k++)
            {
              GArray *places = g_hash_table_lookup (table, words[k]);

              if (places == NULL)
                {
                  places = g_array_new (FALSE, FALSE, sizeof (guint));
                  g_hash_table_insert (table, g_strdup (words[k]), places);
                }
              g_array_append_val (places, i);
            }
        }
      g_once_init_leave (&once, 1);
    }
  return table;
}

/* The formal name of each family, made once: what kith_match_formal_name() hands out lives as long as the program. */
static const char *
formal (guint family)
{
  g_autofree char *word = g_strndup (families[family], strcspn (families[family], " "));

  return g_intern_string (word);
}

/**
 * kith_match_formal_name:
 * @folded_given: a folded given name
 *
 * Returns: (transfer none): the name it is short for where there is just one, else the word itself
 */
const char *
kith_match_formal_name (const char *folded_given)
{
  GArray *places = g_hash_table_lookup (short_forms (), folded_given);

  return places != NULL && places->len == 1 ? formal (g_array_index (places, guint, 0)) : folded_given;
}

/**
 * kith_match_same_nickname:
 * @folded_a: a folded given name
 * @folded_b: another
 *
 * Returns: whether both can be short for one name, or one for the other
 */
gboolean
kith_match_same_nickname (const char *folded_a, const char *folded_b)
{
  GArray *a = g_hash_table_lookup (short_forms (), folded_a), *b = g_hash_table_lookup (short_forms (), folded_b);

  for (guint i = 0; a != NULL && b != NULL && i < a->len; i++)
    for (guint k = 0; k < b->len; k++)
      if (g_array_index (a, guint, i) == g_array_index (b, guint, k))
        return TRUE;
  return FALSE;
}
