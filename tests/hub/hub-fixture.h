/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-private.h"
#include "kith-test.h"

G_BEGIN_DECLS

/* A hub in memory with three agencies, and desks of the simplest kind: what a page says, done literally. Requests go
 * through kith_hub_handle(), as the server hands them over. */
typedef struct
{
  KithHub *hub;
  KithManualClock *clock;
  KithRandom *random;
  guint64 seed;
  char *name;             /* of the database in memory */
  char *files;            /* folder of attached files; NULL: none are taken */
  char *a, *b, *c;        /* agencies */
  char *service;          /* of b, takes direct referrals */
} HubFixture;

HubFixture *hub_fixture_new (const KithHubOptions *options);
HubFixture *hub_fixture_new_empty (const KithHubOptions *options);
void hub_fixture_free (HubFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubFixture, hub_fixture_free)
void hub_fixture_restart (HubFixture *self); /* the hub goes and comes back over the same database */

char *hub_fixture_id (HubFixture *self);
void hub_fixture_wait_until (HubFixture *self, gint64 wall_ms); /* time goes by, as it does for a hub that runs; no jump of its clock */
/* Records set down as they are, access and all, in one transaction. members: JSON text of the body. */
void hub_fixture_put (HubFixture *self, const char *kind, const char *id, const char *body);
void hub_fixture_put_all (HubFixture *self, const char *kind, GPtrArray *ids, GPtrArray *bodies);
/* A staff member (agency NULL: of the network) with a login of the same name; extra: further members of the body, "\"role\":\"referral_manager\"" or
 * NULL. */
char *hub_fixture_add_staff (HubFixture *self, const char *login, const char *agency, const char *extra);
/* The same of a provider portal account (P8) that follows a directory record. */
char *hub_fixture_add_portal (HubFixture *self, const char *login, const char *agency, const char *resource, const char *extra);
GBytes *hub_fixture_content (gsize size); /* what could be a file */
guint hub_fixture_tick (HubFixture *self); /* one turn of the clock; how many operations it carried out */
guint hub_fixture_run_clock (HubFixture *self); /* turns until nothing is left to do */
void hub_fixture_check (HubFixture *self); /* kith_hub_check finds nothing */
void hub_fixture_damage (HubFixture *self, const char *kind, const char *id); /* a byte of what is stored has flipped: the record says one thing twice, and cannot be read */

/* status and body of one request; body as an object (NULL when it is none). Every byte of the body is kept in *raw when
 * asked. */
guint hub_request (HubFixture *self, const char *method, const char *path, const char *token, const char *body, JsonObject **object);
guint hub_request_raw (HubFixture *self, const KithHubRequest *request, char **text);

typedef struct
{
  char *t, *body;
  gint64 sid, q, g;
} DeskRow;

typedef struct
{
  HubFixture *net;
  char *user, *device, *token, *refresh, *cursor;
  char *lane_code;
  gint64 n;             /* number of the operation pushed last */
  GHashTable *rows;     /* id → DeskRow */
  GHashTable *scopes;   /* sid as text → name */
  GHashTable *untils;   /* sid as text → ISO text, "" for none */
  GPtrArray *outcomes;  /* JsonObject from {"op":…} lines */
  GString *seen;        /* every byte this desk was ever sent */
  GHashTable *refill;   /* sids as text: asked for anew until they are filled, or the round is over */
  guint forgets;
} Desk;

Desk *desk_new (HubFixture *net, const char *login, const char *user);
void desk_free (Desk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* One operation in one push; its outcome line. args: JSON text. */
JsonObject *desk_do (Desk *self, const char *op, const char *args);
JsonObject *desk_online (Desk *self, const char *op, const char *args); /* one that never waits in an outbox; its outcome */
void desk_do_ok (Desk *self, const char *op, const char *format, ...) G_GNUC_PRINTF (3, 4); /* it is applied */
JsonObject *desk_do_seen (Desk *self, const char *op, const char *args, gint64 seen);
void desk_attach (Desk *self, const char *document, const char *client, GBytes *content); /* the document, not its bytes */
char *desk_push_text (Desk *self, const char *lines, gint64 first_n, guint *status); /* the header is added */
char *desk_op_line (Desk *self, gint64 n, const char *id, const char *op, const char *args);
gboolean desk_pull_page (Desk *self, guint max_rows, gboolean lose); /* TRUE: more. lose: the answer never arrives */
void desk_pull (Desk *self);
gboolean desk_has (Desk *self, const char *id);
void desk_expect (JsonObject *outcome, const char *st, const char *code); /* frees nothing */

/* As 0021-answered.sql will have it, which is not what a test of an older file is about. */
#define HUB_SAY_WHO_ANSWERS "UPDATE organization SET body = json_set(body, '$.answered', json(iif(EXISTS (SELECT 1 FROM staff s WHERE s.agency = organization.id AND s.role = 'referral_manager'), 'true', 'false')));"

G_END_DECLS
