/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people ask of each service of the made-up network, why it is sometimes refused, what is written down on the way and how it ends:
 * in the order of kith-demo-words.c's services. */

#include "kith-demo.h"

static const KithDemoStory stories[] = {
  { /* shelter */
    18, 90, KITH_DEMO_UNHOUSED,
    { { "A bed from tonight", "Slept in the car for a week. Works mornings, would come after six." },
      { "A place to sleep with a dog", "Will not come without the dog. It is small and quiet." },
      { "A bed until the new lease begins", "Lease starts on the first. Needs about ten nights." },
      { "A lower bunk", "Bad hip: no stairs, no upper bunk." } },
    { { "no_capacity", "Every bed is taken tonight. Ask again after four tomorrow." }, { "not_eligible", "We take adults only; the son is sixteen." } },
    { { "phone", "left_message", "Said who we are and that a bed is held until nine." }, { "in_person", "reached", "Came by. Shown the room, the lockers and the house rules." },
      { "text", "reached", "Answered at once: on the way." } },
    { { "need_met", "Moved into own room after twelve nights." }, { "no_show", "Did not come for three nights in a row." },
      { "referred_elsewhere", "Went on to the family house across town." } },
    "Prefers the quiet room at the end of the hall." },
  { /* clinic */
    18, 95, KITH_DEMO_ANY,
    { { "A check-up and blood pressure medicine", "Ran out of tablets last week. No doctor since the move." },
      { "A doctor for a cough that stays", "Three weeks now, no fever. Afraid of the bill." },
      { "Diabetes care", "Needs test strips and somebody to look at the feet." }, { "Vaccines for the children", "School asks for the card by the end of the month." } },
    { { "no_capacity", "No new patients for two weeks; the county clinic has places." }, { "already_served", "Has been our patient since spring; we called and set a date." } },
    { { "phone", "appointment", "Appointment on Thursday at nine, bus 12 stops at the door." }, { "phone", "no_answer", NULL },
      { "phone", "reached", "Interpreter on the line. Will bring the old prescriptions." } },
    { { "need_met", "Seen twice; medicine for three months." }, { "need_partly_met", "Seen once; the specialist is still to come." },
      { "no_show", "Missed two appointments, then the phone was off." } },
    "Please say which medicines the client takes now." },
  { /* food bank */
    18, 95, KITH_DEMO_ANY,
    { { "Food for a family of four", "Hours were cut; the money ends a week before the month does." }, { "A food box without pork", NULL },
      { "Food and formula", "Baby of five months, formula is the first thing." }, { "Food that needs no kitchen", "Stays in a motel room with a kettle." } },
    { { "outside_area", "Lives across the county line; the pantry there opens on Mondays." }, { "duplicate", "We already have this household from another agency." } },
    { { "text", "reached", "Comes on Tuesday at ten with a bag." }, { "phone", "left_message", "Opening hours and what to bring." },
      { "in_person", "reached", "First box handed out; asked for beans rather than rice." } },
    { { "need_met", "A box every week since." }, { "no_longer_interested", "Found work and wants the box to go to somebody else." }, { "could_not_contact", "Three calls and a letter, no answer." } },
    "Boxes with formula are ready by Thursday." },
  { /* rent and utilities */
    18, 85, KITH_DEMO_HOUSED,
    { { "Two months of back rent", "Notice to leave by the 30th. Rent is paid again since the new job." }, { "The electric bill", "Shut-off is set for Friday. There is an oxygen machine in the home." },
      { "A deposit for a flat", "Flat is found, the landlord waits until Monday." }, { "A payment plan for water", NULL } },
    { { "missing_documents", "We need the notice and the lease before we can pay." }, { "no_capacity", "This month’s money is spent; ask on the first." } },
    { { "phone", "reached", "Landlord’s number taken down. Will bring the notice." }, { "email", "reached", "Lease and notice came by mail; both complete." },
      { "phone", "wrong_number", "The number belongs to somebody else now." } },
    { { "need_met", "Paid to the landlord; the notice is withdrawn." }, { "need_partly_met", "Half is paid, a plan for the rest is signed." }, { "not_eligible", "Income was over the limit in the end." } },
    "We pay the landlord directly; please tell the client." },
  { /* tenant advice: takes no direct referrals */
    18, 85, KITH_DEMO_HOUSED,
    { { "Help with a notice to leave", NULL }, { "A question about the deposit", NULL }, { "Mould, and a landlord who does not answer", NULL }, { "Reading a lease before signing", NULL } },
    { { NULL, NULL }, { NULL, NULL } }, { { NULL, NULL, NULL } }, { { NULL, NULL } }, NULL },
  { /* rehousing */
    18, 70, KITH_DEMO_UNHOUSED,
    { { "A flat for a mother and two children", "In shelter since August. The older one goes to school on Mission Road." }, { "A ground-floor flat", "Uses a wheelchair. Has a voucher." },
      { "Help to find a first flat", "Works at the market; has never rented before." }, { "A flat that takes a late rental history", "One eviction, four years ago, paid since." } },
    { { "no_capacity", "Our case managers are full until next month." }, { "not_eligible", "We need a night in shelter or on the street; this family stays with an aunt." } },
    { { "in_person", "reached", "Looked at three flats; likes the second." }, { "phone", "reached", "Papers are together, application is out." }, { "phone", "left_message", NULL } },
    { { "need_met", "Keys handed over; first visit next week." }, { "referred_elsewhere", "Voucher came through another program." }, { "moved_away", "Went to live with a sister in another state." } },
    "Is there a pay slip? The landlord asks for two." },
  { /* counseling */
    18, 80, KITH_DEMO_ANY,
    { { "Somebody to talk to about drinking", "Asks for it himself. Evenings are best." }, { "A place in a morning group", NULL },
      { "Support after detox", "Out since Sunday, wants to start this week." }, { "Talks in Spanish", "Understands English but wants to speak freely." } },
    { { "client_declined", "Told us he wants to wait." }, { "no_capacity", "Groups are full; the next starts in three weeks." } },
    { { "phone", "appointment", "First talk on Monday at six." }, { "in_person", "reached", "Came early, stayed for the whole group." }, { "phone", "no_answer", NULL } },
    { { "need_met", "Twelve weeks, and goes on with the open group." }, { "no_longer_interested", "Ended after the fourth talk, on good terms." }, { "could_not_contact", NULL } },
    "Please do not leave a message that names us." },
  { /* after school: takes no direct referrals */
    11, 17, KITH_DEMO_HOUSED,
    { { "A safe place until six", NULL }, { "Help with mathematics", NULL }, { "Sports, without a fee", NULL }, { "Friends of the same age", NULL } },
    { { NULL, NULL }, { NULL, NULL } }, { { NULL, NULL, NULL } }, { { NULL, NULL } }, NULL },
  { /* meals on wheels */
    61, 96, KITH_DEMO_HOUSED,
    { { "A hot lunch at the door", "Lives alone, third floor, does not cook since the fall." }, { "Soft food after an operation", "Home since Friday. Daughter comes on weekends." },
      { "Lunch without salt", "Heart. The doctor wrote it down." }, { "Lunch, and somebody who looks in", "Forgets to eat. The neighbour called us." } },
    { { "outside_area", "Past the end of our last route." }, { "already_served", "On the Tuesday route since last year." } },
    { { "phone", "reached", "Starts on Wednesday; rings twice at the door." }, { "in_person", "reached", "First lunch. Glad about the company." }, { "phone", "left_message", "With the daughter, as asked." } },
    { { "need_met", "Every weekday; eats well." }, { "moved_away", "Moved to her daughter’s." }, { "deceased", "Her son called to thank the drivers." } },
    "The bell is broken: please knock." },
  { /* English classes: take no direct referrals */
    16, 80, KITH_DEMO_ANY,
    { { "English from the beginning", NULL }, { "English for work in a kitchen", NULL }, { "A class with child care", NULL }, { "Conversation in the evening", NULL } },
    { { NULL, NULL }, { NULL, NULL } }, { { NULL, NULL, NULL } }, { { NULL, NULL } }, NULL },
  { /* outreach */
    18, 85, KITH_DEMO_UNHOUSED,
    { { "Somebody to look after a wound", "Camps behind the station. Talks to women only." }, { "A ride to the shelter", "Would go in if somebody came along." },
      { "New papers", "Everything was in the bag that was taken." }, { "Blankets, and a visit now and then", NULL } },
    { { "unable_to_contact", "Looked for three evenings; the camp is gone." }, { "outside_area", "South of the bridge is the other team." } },
    { { "in_person", "reached", "Found near the library. Wound cleaned, comes to the van on Friday." }, { "in_person", "no_answer", "Not at the usual place." },
      { "in_person", "reached", "Talked for an hour. Thinks about the shelter." } },
    { { "need_met", "Went into shelter with us, bag and all." }, { "need_partly_met", "Papers are here; still outside, by choice." }, { "could_not_contact", "Not seen for a month." } },
    "Usually at the fountain around seven." },
  { /* job center */
    17, 66, KITH_DEMO_ANY,
    { { "A job with fixed hours", "Drove trucks for nine years. Picks up the children at three." }, { "Help with a CV", "Worked in kitchens back home, nothing on paper." },
      { "Work boots and a first day", "Hired from Monday, needs boots and a bus pass." }, { "An employer who gives a second chance", "Out for a year, never late since." } },
    { { "not_eligible", "The work permit is still to come; we will gladly start then." }, { "duplicate", "Came to us alone last week." } },
    { { "email", "reached", "CV is written; two places to call." }, { "phone", "appointment", "Interview practice on Wednesday." }, { "phone", "no_answer", NULL } },
    { { "need_met", "Hired at the warehouse, day shift." }, { "need_partly_met", "Part time for now." }, { "no_longer_interested", "Starts at a cousin’s shop." } },
    "The warehouse hires again on Monday." },
};

const KithDemoStory *
kith_demo_story (guint i)
{
  return &stories[i % G_N_ELEMENTS (stories)];
}
