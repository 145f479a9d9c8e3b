# SPDX-License-Identifier: GPL-3.0-or-later
"""A call to 2-1-1 and what becomes of it, through two real windows: calls.py KITH KITH_HUB DATA PICTURES, under ui-run. Speaks TAP.

An agency hands a client over to 2-1-1, which finds that in its Inbox, takes the call and refers on; the partner's portal user finds it by the
number that the notice names. 2-1-1 takes another call, finds a service without leaving the form and puts it into a queue. The portal user of a small partner accepts it while the
hub is away; there is one place less, it is moved on by hand, without the hub as well, the status goes on to "Graduated", and 2-1-1 sees the outcome beside the call.
"""
import re

from journey import Journey, Wire, main
from kith_ui import Failed, Window, until

GIVEN, FAMILY = 'Quyên', 'Abernathy-Sosa'
NAME = f'{GIVEN} {FAMILY}'
NEED = 'shelter'
WARM_GIVEN, WARM_FAMILY = 'Odalys', 'Featherstone-Quiroga'
WARM_NAME = f'{WARM_GIVEN} {WARM_FAMILY}'
WARM_NEED = 'Somewhere to sleep'
NOTE = 'Comes with a small dog'
NOTES = 'Three children, sleeps in the car behind the library'
SERVICE = 'Emergency shelter beds'
FREE = re.compile(r'(\d+) of \d+ beds free')


class Calls(Journey):
    password = 'a demo is not a secret'

    def set_up(self):
        self.hub.command('demo', '--agencies', '3', '--clients', '9', '--accounts', '2', '--seed', '11')
        self.hub.start()

    def open_windows(self):
        self.wire = Wire(self.hub)
        for name, login, url, place in (('a', 'network1', self.hub.url, (0, 0)), ('b', 'portal1', self.wire.url, (1110, 0)),
                                        ('c', 'worker2', self.hub.url, (0, 730))):
            self.windows.append(Window(name, self.kith, ['--hub', url, '--login', login, '--data-dir', f'{self.scratch}/{name}', '--idle', '0'],
                                       place, f'{self.scratch}/{name}.log'))
        self.a, self.b, self.c = self.windows

    def free(self):
        """How many places the partner's desk shows."""
        self.b.key('ctrl+4')

        def number():
            for text in self.b.texts():
                found = FREE.search(text)
                if found:
                    return found
            return None

        return int(until('free places in b', number).group(1))

    def hand_over(self):
        c = self.c
        c.key('ctrl+n')
        c.fill('Given name', WARM_GIVEN)
        c.fill('Family name', WARM_FAMILY)
        c.fill('Phone', '(619) 555-0133')
        c.key('ctrl+Return')
        c.sees(WARM_NAME)
        c.find('Send Referral')
        c.press_key('r', lambda: c.find('Need, in a few words', patience=3))
        c.search(re.compile('.*service.*', re.I), 'whoever needs a roof', None)  # the queue of 2-1-1 says so of itself
        c.sees('The client has not agreed to share with')
        c.click_for('Record It Now', lambda: c.sees('What they may see', 3))
        c.choose('How', 1)  # direct, warm
        c.fill('Need, in a few words', WARM_NEED)
        self.picture(c, 'hand-over')
        c.key('ctrl+Return')
        c.gone('Need, in a few words')
        c.sees('Up to date')
        c.end()  # has nothing more to do here
        self.windows.remove(c)

    def take_warm(self):
        a = self.a
        a.key('ctrl+1')
        a.sees(WARM_NAME)  # it waits on 2-1-1's day, and in its Inbox
        self.picture(a, 'day')
        a.key('ctrl+2')
        a.sees(WARM_NAME)
        a.press(re.compile(f'{WARM_NAME}.*'))
        a.sees(WARM_NEED)
        self.picture(a, 'inbox')
        a.press_key('l', lambda: a.find('What do they need? Enter adds it', patience=3))
        a.sees(WARM_NEED)
        self.picture(a, 'taken')
        a.search(re.compile('Search services.*'), 'shelter', SERVICE)
        a.sees('The caller agrees')
        a.click(re.compile('The caller agrees.*'))
        a.fill('How many people come? (must be answered)', '1')
        a.fill('Short note for all concerned', NOTE)
        self.picture(a, 'refer-on')
        a.key('ctrl+Return')
        a.gone('What do they need? Enter adds it')
        number = until('the number of the call', lambda: next((found.group(0) for found in map(re.compile(r'KK-\d+').search, a.texts()) if found), None))
        self.call = number
        a.sees('Up to date')
        self.picture(a, 'answered')

    def find_by_number(self):
        b = self.b
        b.key('ctrl+1')
        b.sees(self.call)  # the notice names the call's number (P16)
        self.picture(b, 'day')
        b.key('ctrl+2')
        b.sees(WARM_NAME)
        b.key('ctrl+f')
        b.type(self.call)
        b.sees(WARM_NAME)
        b.press(re.compile(f'{WARM_NAME}.*'))
        b.sees(NOTE)  # among the eight fields
        b.sees(self.call)
        b.never_sees('555-0133')
        self.picture(b, 'found')
        b.key('Escape')

    def take_call(self):
        a = self.a
        self.before = self.free()
        self.picture(self.b, 'places')
        a.key('ctrl+shift+t')
        a.fill('Name of the person in need', NAME)
        a.fill('Phone', '(619) 555-0188')
        a.fill('Postal code', '92113')
        a.click_node(a.settle('What do they need? Enter adds it'))
        a.type(NEED)
        a.key('Return')
        a.sees(SERVICE)  # found for the need, the form is still there
        self.picture(a, 'found')
        a.key('Return')
        a.sees('The caller agrees')
        a.click(re.compile('The caller agrees.*'))
        a.choose('Put into', 2)  # no queue, Health and food, Housing
        a.sees('How many people come? (must be answered)')  # the service asks, as it does of those who send to it
        a.key('Tab')
        a.type('4')
        a.key('Tab', 'Tab', 'Tab')  # two more questions; then the notes: a text view tells nobody that it can be edited
        a.type(NOTES)
        self.picture(a, 'call')
        a.key('ctrl+Return')
        a.sees('KK-0004')  # the record is KK-0003, this is the referral
        a.sees(NAME)
        a.sees(NOTES)
        a.sees('Up to date')
        a.sees('Referred')
        a.sees('How many people come?')  # what was answered stands with the call
        self.picture(a, 'recorded')

    def arrives(self):
        b = self.b
        b.key('ctrl+2')
        b.sees(NAME)
        b.never_sees(NOTES)
        self.picture(b, 'inbox')
        if not self.wire.carried(FAMILY):
            raise Failed('the name is not in what the hub sent to the partner: the next check could not fail')
        for text in (NOTES, '555-0188'):
            if self.wire.carried(text):
                raise Failed(f'the hub sent “{text}” to an account that has the eight fields only')

    def accept_offline(self):
        b = self.b
        self.hub.stop()
        b.sees('Offline')
        b.click(re.compile(f'{NAME}.*'))
        b.sees('92113')  # it is this one that is shown, not the one handed over before
        b.press_key('1', lambda: b.sees('waiting', 2))
        b.sees('Working offline.')
        self.picture(b, 'accepted-offline')

    def accepted(self):
        self.a.never_sees('Attempting contact')
        self.hub.start()
        self.b.sees('Up to date')
        self.a.sees('Up to date')
        self.a.sees('Attempting contact')
        self.picture(self.a, 'accepted')

    def one_place_less(self):
        until('one place less', lambda: self.free() == self.before - 1)
        self.b.never_sees('Not saved yet')  # nobody typed
        self.picture(self.b, 'one-less')

    def open_work(self):
        b = self.b
        b.key('ctrl+2')
        b.press(re.compile('In Work.*'))
        b.sees(NAME)
        b.click(re.compile(f'{NAME}.*'))
        return b

    def moved(self):
        """By a status of the queue, by its own name (P6)."""
        self.hub.stop()
        b = self.open_work()
        b.sees('Offline')
        b.press_key('s', lambda: b.sees('Change the Status', 5))
        b.sees('Enrolled')
        b.never_sees('Paused')  # the queue has no such status
        self.picture(b, 'statuses')
        b.type('enr')
        b.key('Return')
        b.gone('Change the Status')
        b.sees('waiting')
        self.a.never_sees('Enrolled')
        self.hub.start()
        b.sees('Up to date')
        self.a.sees('Enrolled')
        self.picture(self.a, 'moved')

    def graduated(self):
        b = self.open_work()
        b.press_key('x', lambda: b.sees('Close the Referral', 5))
        b.type('fully')
        b.sees('Need fully met')
        b.key('Return')
        b.sees('Closed')
        b.sees('Up to date')
        self.picture(b, 'closed')

    def outcome(self):
        a = self.a
        a.sees('Graduated')
        a.sees('Need fully met')
        self.picture(a, 'outcome')

    def by_keys(self):
        """The smallest call there is, hands on the keyboard: the keys it takes from any page, a word counted as one (ux.md 2.2)."""
        a, keys = self.a, 0
        for what in ('ctrl+shift+t', '=Rosa Keys', 'Tab', '=6195550177', 'Tab', '=92113', 'Tab', 'Tab', 'Tab', '=food', 'Return', 'ctrl+Return'):
            if what.startswith('='):
                a.type(what[1:])
            else:
                a.key(what)
            if what == 'ctrl+shift+t':
                a.sees('What do they need? Enter adds it')
            keys += 1
        a.gone('What do they need? Enter adds it')
        a.sees('Rosa Keys')
        a.sees('food')
        print(f'# a call with a name, a phone, a postal code and a need: {keys} keys')
        if keys > 12:
            raise Failed(f'{keys} keys for a call, 12 are the most')
        self.picture(a, 'by-keys')

    steps = [
        (set_up, 'a made-up network with 2-1-1 and a small partner'),
        (open_windows, 'two windows open'),
        (Journey.sign_in, 'both sign in'),
        (hand_over, 'an agency hands a client over to 2-1-1'),
        (take_warm, '2-1-1 finds that in its Inbox, takes the call and refers on'),
        (find_by_number, 'the portal user finds it by the number of its notice'),
        (take_call, '2-1-1 takes a call and puts it into a queue, for a service found in the form'),
        (arrives, 'it is on the partner\'s desk, the eight fields and no more'),
        (accept_offline, 'the partner accepts without the hub: it waits'),
        (accepted, 'the hub is back: 2-1-1 sees where it stands'),
        (one_place_less, 'there is one place less'),
        (moved, 'the partner moves it to another status of the queue without the hub, and 2-1-1 sees which'),
        (graduated, 'the partner closes it with an outcome'),
        (outcome, '2-1-1 sees the outcome beside the call'),
        (by_keys, 'a call taken by keys alone'),
        (Journey.check, 'the hub\'s grants agree with the facts'),
    ]


if __name__ == '__main__':
    main(Calls)
