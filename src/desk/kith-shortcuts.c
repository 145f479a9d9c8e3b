/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-shortcuts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-page.h"
#include "kith-split-page.h"

#define GO "win.go::"
#define NUMBER "<Control>"
#define MOST_NUMBERS 9 /* there are no more digits that begin at one */
#define WRITING "kith-writing" /* a widget's data: it is something one writes in */

static const KithShortcut table[] = {
  { KITH_KEYS_WINDOW, "win.find", "<Control>k", N_("Find anything") },
  { KITH_KEYS_WINDOW, "win.search", "<Control>f", N_("Search on this page") },
  { KITH_KEYS_WINDOW, "win.ask-network", "<Control><Shift>f", N_("Ask the network for a person other agencies know") },
  { KITH_KEYS_WINDOW, "win.new-client", "<Control>n", N_("New client") },
  { KITH_KEYS_WINDOW, "win.go::sent/new", "<Control><Shift>n", N_("Send a referral without a client record") },
  { KITH_KEYS_WINDOW, "win.import", "<Control><Shift>i", N_("Import clients from a spreadsheet") },
  { KITH_KEYS_WINDOW, "win.assign", "<Control><Alt>a", N_("Assign staff to the client shown") },
  { KITH_KEYS_WINDOW, "win.direct", "<Control><Alt>d", N_("Take direct referrals, or no more: the switch of the service shown") },
  { KITH_KEYS_WINDOW, "win.undo", "<Control>z", N_("Undo, while the message shows; then what was done before it") },
  { KITH_KEYS_WINDOW, "win.lock", "<Control>l", N_("Lock now") },
  { KITH_KEYS_WINDOW, "win.cover", "F8", N_("Hide what is on the screen, or show it again") },
  { KITH_KEYS_WINDOW, "win.back", "<Alt>Left", N_("Back") },
  { KITH_KEYS_WINDOW, "win.sidebar", "F9", N_("Show or hide the sidebar") },
  { KITH_KEYS_WINDOW, "win.menu", "F10", N_("Menu") },
  { KITH_KEYS_WINDOW, "win.connection", "<Control><Shift>h", N_("Connection to the hub") },
  { KITH_KEYS_WINDOW, "win.try-now", "<Control>r", N_("Ask the hub now, without waiting for the next try") },
  { KITH_KEYS_WINDOW, "win.preferences", "<Control>comma", N_("Preferences") },
  { KITH_KEYS_WINDOW, "win.shortcuts", "<Control>question|F1", N_("Keyboard shortcuts") },
  { KITH_KEYS_WINDOW, "app.quit", "<Control>q", N_("Quit") },
  /* In the order of the sidebar. The digits are those of an account that has all nine: kith_shortcuts_number_pages(). */
  { KITH_KEYS_WINDOW, "win.go::today", "<Control>1", N_("Go to My Day") },
  { KITH_KEYS_WINDOW, "win.go::inbox", "<Control>2", N_("Go to Inbox") },
  { KITH_KEYS_WINDOW, "win.go::contacts", "<Control><Shift>k", N_("Go to Calls") },
  { KITH_KEYS_WINDOW, "win.go::clients", "<Control>3", N_("Go to Clients") },
  { KITH_KEYS_WINDOW, "win.go::cases", "<Control>4", N_("Go to Cases") },
  { KITH_KEYS_WINDOW, "win.go::board", "<Control>5", N_("Go to Board: the queues") },
  { KITH_KEYS_WINDOW, "win.go::staff", "<Control>6", N_("Go to Staff: give out work") },
  { KITH_KEYS_WINDOW, "win.go::directory", "<Control>7", N_("Go to Directory") },
  { KITH_KEYS_WINDOW, "win.go::capacity", "<Control>8", N_("Go to Capacity: free places") },
  { KITH_KEYS_WINDOW, "win.go::attention", "<Control>9|<Control><Shift>o", N_("Go to Needs Attention") },
  { KITH_KEYS_WINDOW, "win.go::sent", "<Control><Shift>s", N_("Go to Sent") },
  { KITH_KEYS_WINDOW, "win.go::agency", "<Control><Shift>g", N_("Go to Agency: settings, holidays, accounts") },
  { KITH_KEYS_WINDOW, "win.go::corrections", "<Control><Shift>r", N_("Go to Client Requests: what they ask about their record") },
  { KITH_KEYS_WINDOW, "win.go::log", "<Control><Shift>l", N_("Go to Access Log") },
  { KITH_KEYS_WINDOW, "win.go::contacts/new", "<Control><Shift>t", N_("Take a call") },
  { KITH_KEYS_CLIENT, "client.refer", "r", N_("Send a referral") },
  { KITH_KEYS_CLIENT, "client.edit", "e", N_("Edit") },
  { KITH_KEYS_CLIENT, "client.health", "h", N_("Health information") },
  { KITH_KEYS_CLIENT, "client.note", "n", N_("Write a note, in one of the client’s cases") },
  { KITH_KEYS_CLIENT, "client.consent", "<Control><Shift>c", N_("Record consent") },
  { KITH_KEYS_CLIENT, "client.revoke-all", "<Shift>x", N_("Revoke everything: end all sharing") },
  { KITH_KEYS_CLIENT, "client.restrict", "l", N_("Restrict the record, or lift the restriction") },
  { KITH_KEYS_CLIENT, "client.assign", "a", N_("Assign staff to the client and its cases") },
  { KITH_KEYS_CLIENT, "client.open-case", "c", N_("Open a case") },
  { KITH_KEYS_CLIENT, "client.record-service", "s", N_("Record a service given") },
  { KITH_KEYS_CLIENT, "client.repeat-service", "<Shift>r", N_("The last service once more, today") },
  { KITH_KEYS_CLIENT, "client.void-last-service", "x", N_("Take back the last service recorded") },
  { KITH_KEYS_CLIENT, "client.add-task", "t", N_("Add a task to follow up") },
  { KITH_KEYS_CLIENT, "task.edit", "<Control>e", N_("Correct the task in focus") },
  { KITH_KEYS_CLIENT, "client.ask-amendment", "<Shift>c", N_("Take down a correction the client asks for") },
  { KITH_KEYS_CLIENT, "client.ask-restriction", "<Shift>l", N_("Take down what the client wants kept from somebody") },
  { KITH_KEYS_CLIENT, "client.add-member", "m", N_("Add a member of the household") },
  { KITH_KEYS_CLIENT, "client.join-household", "<Shift>m", N_("Join another household") },
  { KITH_KEYS_CLIENT, "client.same-person", "i", N_("Link another record of the same person") },
  { KITH_KEYS_CLIENT, "client.enroll", "<Shift>e", N_("Enroll in a program") },
  { KITH_KEYS_CLIENT, "client.join-team", "<Shift>t", N_("Name a colleague in the care team") },
  { KITH_KEYS_CLIENT, "client.raise-alert", "<Shift>a", N_("Raise an alert") },
  { KITH_KEYS_CLIENT, "client.print", "p|<Control>p", N_("Print, or save as PDF") },
  { KITH_KEYS_CLIENT, "client.attach", "d", N_("Attach a file") },
  { KITH_KEYS_CLIENT, "client.next-tab", "<Control>Page_Down", N_("Next part of the record") },
  { KITH_KEYS_CLIENT, "client.previous-tab", "<Control>Page_Up", N_("Previous part of the record") },
  { KITH_KEYS_CLIENT, "client.open-tab", "<Control>Return|<Control>KP_Enter", N_("Open the chosen client in a tab of their own; in Find Anything too") },
  { KITH_KEYS_CLIENT, "client.keep-tab", "<Control>t", N_("Keep the client open in a tab, and look for another") },
  { KITH_KEYS_CLIENT, "client.close-tab", "<Control>w", N_("Close the tab: what you typed is kept as a draft") },
  { KITH_KEYS_CLIENT, "client.next-client", "<Control>Tab", N_("Next open client") },
  { KITH_KEYS_CLIENT, "client.previous-client", "<Control><Shift>Tab", N_("Previous open client") },
  { KITH_KEYS_REFERRAL, "referral.accept", "1|KP_1", N_("Accept") },
  { KITH_KEYS_REFERRAL, "referral.dispatch", "d", N_("Send what waited for the client’s consent") },
  { KITH_KEYS_REFERRAL, "referral.take-call", "l", N_("Take the call that a warm referral asks for") },
  { KITH_KEYS_REFERRAL, "referral.decline-duplicate", "2|KP_2", N_("Decline as a duplicate") },
  { KITH_KEYS_REFERRAL, "referral.decline", "3|KP_3", N_("Decline, with a reason") },
  { KITH_KEYS_REFERRAL, "referral.confirm-decline", "y", N_("Confirm a proposed decline, or send it back") },
  { KITH_KEYS_REFERRAL, "referral.check-in", "i", N_("Check in: the days to answer begin anew") },
  { KITH_KEYS_REFERRAL, "referral.snooze", "h", N_("Put away until tomorrow") },
  { KITH_KEYS_REFERRAL, "referral.edit", "e", N_("Change what waits to be sent") },
  { KITH_KEYS_REFERRAL, "referral.go-on", "r", N_("Refer on: a new referral that goes on from this one") },
  { KITH_KEYS_REFERRAL, "referral.introduce", "w", N_("Record the introduction of a warm hand-off") },
  { KITH_KEYS_REFERRAL, "referral.assign", "a", N_("Assign to a colleague") },
  { KITH_KEYS_REFERRAL, "referral.contact", "c", N_("Record a contact") },
  { KITH_KEYS_REFERRAL, "referral.note", "m", N_("Message to the other agency") },
  { KITH_KEYS_REFERRAL, "referral.private-note", "n", N_("Private note") },
  { KITH_KEYS_REFERRAL, "referral.status", "s", N_("Change the status") },
  { KITH_KEYS_REFERRAL, "referral.hold-place", "g", N_("Keep a free place") },
  { KITH_KEYS_REFERRAL, "referral.give-back", "v", N_("Give the place back") },
  { KITH_KEYS_REFERRAL, "referral.take-up", "u", N_("The client has taken up the place") },
  { KITH_KEYS_REFERRAL, "referral.queue", "q", N_("Put in a queue, or take out of one") },
  { KITH_KEYS_REFERRAL, "referral.reroute", "t", N_("Send elsewhere, while nobody has answered") },
  { KITH_KEYS_REFERRAL, "referral.close", "x", N_("Close with an outcome") },
  { KITH_KEYS_REFERRAL, "referral.void", "<Shift>x", N_("Void a referral that was made by mistake") },
  { KITH_KEYS_REFERRAL, "referral.recall", "b", N_("Recall a referral you sent") },
  { KITH_KEYS_REFERRAL, "referral.take-back", "<Shift>b", N_("The client takes this referral back") },
  { KITH_KEYS_REFERRAL, "referral.reopen", "o", N_("Reopen") },
  { KITH_KEYS_REFERRAL, "referral.print", "p|<Control>p", N_("Print, or save as PDF") },
  { KITH_KEYS_REFERRAL, "referral.print-list", "<Control><Shift>p", N_("Print the list shown, or save it as PDF") },
  { KITH_KEYS_REFERRAL, "list.next", "j", N_("Next") },
  { KITH_KEYS_REFERRAL, "list.previous", "k", N_("Previous") },
  { KITH_KEYS_CASE, "case.note", "n", N_("Write a note") },
  { KITH_KEYS_CASE, "case.task", "t", N_("Add a task") },
  { KITH_KEYS_CASE, "case.step", "s", N_("Say what comes next") },
  { KITH_KEYS_CASE, "case.goal", "g", N_("Add a goal") },
  { KITH_KEYS_CASE, "case.record-service", "<Shift>s", N_("Record services given to the client") },
  { KITH_KEYS_CASE, "case.repeat-service", "<Shift>r", N_("The client’s last service once more, today") },
  { KITH_KEYS_CASE, "case.edit", "<Shift>e", N_("Correct the title and the type") },
  { KITH_KEYS_CASE, "case.assess", "e", N_("Record an assessment") },
  { KITH_KEYS_CASE, "case.delegate", "<Shift>t", N_("A task for a colleague") },
  { KITH_KEYS_CASE, "task.edit", "<Control>e", N_("Correct the task in focus") },
  { KITH_KEYS_CASE, "case.assign", "a", N_("Assign staff to the client and its cases") },
  { KITH_KEYS_CASE, "case.close", "x", N_("Close with an outcome") },
  { KITH_KEYS_CASE, "case.reopen", "o", N_("Reopen") },
  { KITH_KEYS_CASE, "list.next", "j", N_("Next") },
  { KITH_KEYS_CASE, "list.previous", "k", N_("Previous") },
  { KITH_KEYS_DIRECTORY, "directory.handout", "<Control><Shift>a", N_("Add the service to a hand-out of several, or take it off") },
  { KITH_KEYS_DIRECTORY, "directory.print", "<Control>p", N_("Print a hand-out, or save it as PDF") },
  { KITH_KEYS_PRINT, "print.language", "l", N_("The next language") },
  { KITH_KEYS_PRINT, "print.print", "<Control>p", N_("Print") },
  { KITH_KEYS_PRINT, "print.save", "<Control>s", N_("Save as PDF") },
  { KITH_KEYS_CONTACT, "contact.assign", "r", N_("Find services, and assign") },
  { KITH_KEYS_CONTACT, "contact.edit", "e", N_("Put right what was taken down") },
  { KITH_KEYS_CONTACT, "contact.print", "p|<Control>p", N_("Print, or save as PDF") },
  { KITH_KEYS_CONTACT, "list.next", "j", N_("Next") },
  { KITH_KEYS_CONTACT, "list.previous", "k", N_("Previous") },
  { KITH_KEYS_TODAY, "today.done", "d", N_("Task done, or news read") },
  { KITH_KEYS_TODAY, "today.snooze", "s", N_("Put the task or referral off until tomorrow") },
  { KITH_KEYS_TODAY, "today.snooze-longer", "<Shift>s", N_("Put the task or referral off, and for how long") },
  { KITH_KEYS_TODAY, "task.edit", "<Control>e", N_("Correct the task in focus") },
  { KITH_KEYS_STAFF, "staff.assign", "a", N_("Assign the chosen clients to a colleague") },
  { KITH_KEYS_STAFF, "staff.select-all", "<Control>a", N_("Choose all clients") },
  { KITH_KEYS_STAFF, "staff.move-all", "m", N_("Move all of this person’s work") },
  { KITH_KEYS_STAFF, "staff.balance", "b", N_("Balance: who could take over whom") },
  { KITH_KEYS_STAFF, "staff.take-back", "u", N_("Take back the last move") },
  { KITH_KEYS_STAFF, "staff.skills", "e", N_("Languages and kinds of case") },
  { KITH_KEYS_STAFF, "staff.leave", "l", N_("Leave") },
  { KITH_KEYS_STAFF, "staff.supervisor", "s", N_("Supervisor") },
  { KITH_KEYS_STAFF, "staff.account", "c", N_("Role, duties, services and health information") },
  { KITH_KEYS_STAFF, "list.next", "j", N_("Next") },
  { KITH_KEYS_STAFF, "list.previous", "k", N_("Previous") },
  { KITH_KEYS_BOARD, "board.left", "Left|KP_Left", N_("The status before") },
  { KITH_KEYS_BOARD, "board.right", "Right|KP_Right", N_("The next status") },
  { KITH_KEYS_BOARD, "board.move-left", "<Control><Shift>Left|<Control><Shift>KP_Left", N_("Move the referral to the status before") },
  { KITH_KEYS_BOARD, "board.move-right", "<Control><Shift>Right|<Control><Shift>KP_Right", N_("Move the referral to the next status") },
  { KITH_KEYS_BOARD, "board.move", "m", N_("Move to…") },
  { KITH_KEYS_BOARD, "board.take-out", "x", N_("Take out of this queue") },
  { KITH_KEYS_BOARD, "board.menu", "Menu|<Shift>F10", N_("What can be done with the referral") },
  { KITH_KEYS_BOARD, "board.statistics", "s", N_("Statistics of the queue") },
  { KITH_KEYS_BOARD, "board.print", "<Control>p", N_("Print who waits, or save it as PDF") },
  { KITH_KEYS_BOARD, "board.filter", "slash|KP_Divide", N_("Filter the board") },
  { KITH_KEYS_CAPACITY, "capacity.more", "plus|KP_Add", N_("One more free") },
  { KITH_KEYS_CAPACITY, "capacity.less", "minus|KP_Subtract", N_("One less free") },
  { KITH_KEYS_CAPACITY, "capacity.same", "<Shift>Return|<Shift>KP_Enter", N_("Confirm all other numbers as they are") },
  { KITH_KEYS_CAPACITY, "capacity.edit", "e", N_("State, note and all else") },
  { KITH_KEYS_CAPACITY, "capacity.plan", "p", N_("Plan ahead") },
  { KITH_KEYS_CAPACITY, "capacity.hold", "h", N_("Keep a free place for whoever has waited longest") },
  { KITH_KEYS_CAPACITY, "capacity.other", "u", N_("Count another unit too") },
  { KITH_KEYS_WEEK, "week.plan", "Return|KP_Enter|ISO_Enter", N_("Plan the number typed for that day; without one, ask for all of it") },
  { KITH_KEYS_WEEK, "week.every", "w", N_("Plan it for every such day of the week") },
  { KITH_KEYS_WEEK, "week.cancel", "Delete|KP_Delete", N_("Cancel what is planned for that day") },
  { KITH_KEYS_WEEK, "week.earlier", "Page_Up|KP_Page_Up", N_("The week before") },
  { KITH_KEYS_WEEK, "week.later", "Page_Down|KP_Page_Down", N_("The week after") },
  { KITH_KEYS_AGENCY, "agency.save", "<Control>Return|<Control>KP_Enter", N_("Save the settings") },
  { KITH_KEYS_AGENCY, "agency.add-holiday", "h", N_("Add a holiday") },
  { KITH_KEYS_CORRECTION, "correction.answer", "a", N_("Answer the client") },
  { KITH_KEYS_CORRECTION, "correction.disagree", "d", N_("Record what the client writes against a refusal") },
  { KITH_KEYS_CORRECTION, "correction.end", "e", N_("End a restriction that was agreed") },
  { KITH_KEYS_CORRECTION, "correction.print", "p|<Control>p", N_("Print, or save as PDF") },
  { KITH_KEYS_CORRECTION, "list.next", "j", N_("Next") },
  { KITH_KEYS_CORRECTION, "list.previous", "k", N_("Previous") },
  { KITH_KEYS_ATTENTION, "attention.first", "1|KP_1", N_("First choice: Try again, Keep mine, Same person") },
  { KITH_KEYS_ATTENTION, "attention.second", "2|KP_2", N_("Second choice: Copy text, Keep theirs, Different") },
  { KITH_KEYS_ATTENTION, "attention.third", "3|KP_3", N_("Third choice: Discard, Both, Later") },
  { KITH_KEYS_ORDER, "order.up", "<Alt>Up|<Alt>KP_Up", N_("Move the question or status up") },
  { KITH_KEYS_ORDER, "order.down", "<Alt>Down|<Alt>KP_Down", N_("Move it down") },
  { KITH_KEYS_FORM, "form.commit", "<Control>Return|<Control>KP_Enter", N_("Save or send") },
  { KITH_KEYS_FORM, "form.commit-more", "<Control><Shift>Return|<Control><Shift>KP_Enter", N_("Register, then a member of the same household") },
  { KITH_KEYS_FORM, "form.cancel", "Escape", N_("Leave: what you typed is kept as a draft") },
  { KITH_KEYS_FORM, "form.note-template", "<Control>t", N_("Begin the note of a referral with a template") },
  { KITH_KEYS_FORM, "form.matches", "<Control>d", N_("Go to the people who may be the same") },
};

/**
 * kith_shortcuts_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the table, static; titles are not translated yet
 */
const KithShortcut *
kith_shortcuts_list (guint *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

const char *
kith_shortcuts_group_title (KithKeys keys)
{
  switch (keys)
    {
    case KITH_KEYS_WINDOW:
      return _("Everywhere");
    case KITH_KEYS_CLIENT:
      return _("A client’s page");
    case KITH_KEYS_REFERRAL:
      return _("Inbox and Sent");
    case KITH_KEYS_CASE:
      return _("Cases");
    case KITH_KEYS_DIRECTORY:
      return _("Directory");
    case KITH_KEYS_PRINT:
      return C_("noun", "Print");
    case KITH_KEYS_CONTACT:
      return _("Calls");
    case KITH_KEYS_TODAY:
      return _("My Day");
    case KITH_KEYS_STAFF:
      return _("Staff");
    case KITH_KEYS_BOARD:
      return _("Board");
    case KITH_KEYS_CAPACITY:
      return _("Capacity");
    case KITH_KEYS_WEEK:
      return _("A week on Capacity");
    case KITH_KEYS_AGENCY:
      return _("Agency");
    case KITH_KEYS_CORRECTION:
      return _("Client Requests");
    case KITH_KEYS_ATTENTION:
      return _("Needs attention");
    case KITH_KEYS_ORDER:
      return _("Questions of a form, statuses of a queue");
    case KITH_KEYS_FORM:
    default:
      return _("Forms");
    }
}

static GtkApplication *holder; /* not owned: it has the keys of the window, as the table says them or as the pages are numbered now */

/* A page of the sidebar, and not what is done there at once ("sent/new"). Borrowed; NULL: no page */
static const char *
page_of (const KithShortcut *line)
{
  return g_str_has_prefix (line->action, GO) && !strchr (line->action, '/') ? line->action + strlen (GO) : NULL;
}

static gboolean
is_page_number (const char *trigger)
{
  return g_str_has_prefix (trigger, NUMBER) && g_ascii_isdigit (trigger[strlen (NUMBER)]) && !trigger[strlen (NUMBER) + 1];
}

void
kith_shortcuts_number_pages (const char *const *pages)
{
  for (guint i = 0; holder && i < G_N_ELEMENTS (table); i++)
    {
      const char *page = table[i].keys == KITH_KEYS_WINDOW ? page_of (&table[i]) : NULL;
      g_auto (GStrv) triggers = g_strsplit (table[i].trigger, "|", -1);
      g_autoptr (GStrvBuilder) accels = g_strv_builder_new ();
      g_auto (GStrv) keys = NULL;
      gboolean shown = FALSE;

      if (!page)
        continue;
      for (guint n = 0; pages[n]; n++)
        {
          g_autofree char *number = g_strdup_printf (NUMBER "%u", n + 1);

          if (g_str_equal (pages[n], page) && n < MOST_NUMBERS)
            g_strv_builder_add (accels, number);
          shown |= g_str_equal (pages[n], page);
        }
      for (guint t = 0; triggers[t] && shown; t++)
        if (!is_page_number (triggers[t]))
          g_strv_builder_add (accels, triggers[t]);
      keys = g_strv_builder_end (accels);
      gtk_application_set_accels_for_action (holder, table[i].action, (const char *const *) keys);
    }
}

/**
 * kith_shortcuts_triggers:
 * @line: of the table
 *
 * What does it now: the numbers of the pages are those of whoever is signed in.
 *
 * Returns: (transfer full): empty: nothing does
 */
char **
kith_shortcuts_triggers (const KithShortcut *line)
{
  return holder && line->keys == KITH_KEYS_WINDOW && page_of (line) ? gtk_application_get_accels_for_action (holder, line->action)
                                                                    : g_strsplit (line->trigger, "|", -1);
}

/* Several triggers are written in one line of the table; accelerators want them apart. */
void
kith_shortcuts_install_window (GtkApplication *application)
{
  g_set_weak_pointer (&holder, application);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) accels = NULL;

      if (table[i].keys != KITH_KEYS_WINDOW)
        continue;
      accels = g_strsplit (table[i].trigger, "|", -1);
      gtk_application_set_accels_for_action (application, table[i].action, (const char *const *) accels);
    }
}

/* A key that stands for itself, without Ctrl or Alt. */
static gboolean
is_letter (const char *trigger)
{
  guint key;
  GdkModifierType mods;

  return gtk_accelerator_parse (trigger, &key, &mods) && (mods & ~GDK_SHIFT_MASK) == 0 && g_unichar_isalnum (gdk_keyval_to_unicode (key));
}

/* A form or a composer: whatever has the focus in it, a key there is not meant for the record behind. */
static gboolean
is_writing (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  for (GtkWidget *at = root ? gtk_root_get_focus (root) : NULL; at && at != page; at = gtk_widget_get_parent (at))
    if (g_object_get_data (G_OBJECT (at), WRITING))
      return TRUE;
  return FALSE;
}

/* Not what leads through the list or the open records, or is of the list itself. */
static gboolean
acts_on_record (const char *action)
{
  return !g_str_has_prefix (action, "list.") && !g_str_has_suffix (action, "-tab") && !g_str_has_suffix (action, "-client") && !g_str_has_suffix (action, "-list");
}

/* On the page, in the list as well as beside it: what is shown is what is meant, unless another row has the focus. Then that is what is seen, and it would be
 * done to whom nobody looks at. */
static gboolean
record_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   action)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_PAGE);

  if (page && (is_writing (page) || !kith_page_takes_keys (KITH_PAGE (page))))
    return GDK_EVENT_PROPAGATE;
  if (KITH_IS_SPLIT_PAGE (page) && acts_on_record (action) && kith_split_page_marks_another (KITH_SPLIT_PAGE (page)))
    {
      kith_context_toast (kith_page_get_context (KITH_PAGE (page)), _("Another row is marked in the list than the one shown. Enter opens it; then the keys act on it."));
      return GDK_EVENT_STOP;
    }
  return gtk_widget_activate_action (widget, action, NULL);
}

static gboolean
letter_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   action)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_PAGE);

  if (page && !g_settings_get_boolean (kith_context_get_settings (kith_page_get_context (KITH_PAGE (page))), "letter-keys"))
    return GDK_EVENT_PROPAGATE;
  return record_cb (widget, arguments, action);
}

static GtkShortcutAction *
action_new (const KithShortcut *line,
            const char         *trigger)
{
  if (is_letter (trigger))
    return gtk_callback_action_new (letter_cb, (gpointer) line->action, NULL);
  if (line->keys == KITH_KEYS_FORM)
    return gtk_named_action_new (line->action);
  return gtk_callback_action_new (record_cb, (gpointer) line->action, NULL);
}

void
kith_shortcuts_install_class (GtkWidgetClass *klass,
                              KithKeys        keys)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) triggers = NULL;

      if (table[i].keys != keys)
        continue;
      triggers = g_strsplit (table[i].trigger, "|", -1);
      for (guint t = 0; triggers[t]; t++)
        {
          g_autoptr (GtkShortcut) shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[t]), action_new (&table[i], triggers[t]));

          gtk_widget_class_add_shortcut (klass, shortcut);
        }
    }
}

static void
install_first (GtkWidget      *widget,
               const char     *action,
               GtkShortcutFunc func)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].action, action))
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].trigger),
                                                              func ? gtk_callback_action_new (func, (gpointer) table[i].action, NULL) : gtk_named_action_new (action)));
  gtk_widget_add_controller (widget, controller);
}

void
kith_shortcuts_install_first (GtkWidget  *widget,
                              const char *action)
{
  install_first (widget, action, NULL);
  if (g_str_equal (action, "form.commit"))
    g_object_set_data (G_OBJECT (widget), WRITING, (gpointer) "");
}

void
kith_shortcuts_install_callback (GtkWidget      *widget,
                                 const char     *action,
                                 GtkShortcutFunc func)
{
  install_first (widget, action, func);
}

/**
 * kith_shortcuts_keys_of:
 * @page: (nullable): the name of a page, or a place
 *
 * Returns: whose letters act there; %KITH_KEYS_WINDOW: it has none of its own
 */
KithKeys
kith_shortcuts_keys_of (const char *page)
{
  static const struct { const char *page; KithKeys keys; } pages[] = {
    { "today", KITH_KEYS_TODAY }, { "inbox", KITH_KEYS_REFERRAL }, { "sent", KITH_KEYS_REFERRAL }, { "clients", KITH_KEYS_CLIENT },
    { "cases", KITH_KEYS_CASE }, { "contacts", KITH_KEYS_CONTACT }, { "board", KITH_KEYS_BOARD }, { "staff", KITH_KEYS_STAFF },
    { "directory", KITH_KEYS_DIRECTORY }, { "capacity", KITH_KEYS_CAPACITY }, { "agency", KITH_KEYS_AGENCY },
    { "corrections", KITH_KEYS_CORRECTION }, { "attention", KITH_KEYS_ATTENTION },
  };

  for (guint i = 0; page && i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_prefix (page, pages[i].page) && strchr ("/", page[strlen (pages[i].page)]))
      return pages[i].keys;
  return KITH_KEYS_WINDOW;
}

char *
kith_shortcuts_label (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) triggers = NULL;
      guint key;
      GdkModifierType mods;

      if (!g_str_equal (table[i].action, action))
        continue;
      triggers = kith_shortcuts_triggers (&table[i]);
      if (triggers[0] && gtk_accelerator_parse (triggers[0], &key, &mods))
        return gtk_accelerator_get_label (key, mods);
    }
  return NULL;
}
