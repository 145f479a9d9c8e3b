# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works with whom, through two real windows of one agency: cases.py KITH KITH_HUB DATA PICTURES, under ui-run. Speaks TAP.

A supervisor registers a client with consent, enrolls them, opens a case and puts a colleague on it: it comes to the colleague's desk. Taken
off again, it is gone there, the client and the case, from the lists, the search and what was open.
"""
import re

from journey import PASSWORD, Journey, Wire, main
from kith_ui import Failed, Window

GIVEN, FAMILY = 'Yasmin', 'Okonkwo-Reyes'
NAME = f'{GIVEN} {FAMILY}'
CASE = 'Home before the lease ends'
STEP = 'Call the landlord'


class Cases(Journey):
    def set_up(self):
        with open(f'{self.scratch}/password', 'w', encoding='utf-8') as out:
            out.write(PASSWORD + '\n')
        self.hub.command('init')
        self.hub.command('import', 'hsds', self.data)
        self.account('sue', 'Sue', 'Farah', 'Harbor Food Bank', 'referral_manager', '--duty', 'supervisor')
        self.account('dan', 'Dan', 'Reed', 'Harbor Food Bank', 'care_coordinator')
        self.hub.start()

    def open_windows(self):
        self.wire = Wire(self.hub)
        for name, login, url, place in (('a', 'sue', self.hub.url, (0, 0)), ('b', 'dan', self.wire.url, (1110, 0))):
            self.windows.append(Window(name, self.kith, ['--hub', url, '--login', login, '--data-dir', f'{self.scratch}/{name}', '--idle', '0'],
                                       place, f'{self.scratch}/{name}.log'))
        self.a, self.b = self.windows

    def register(self):
        a = self.a
        a.key('ctrl+n')
        a.fill('Given name', GIVEN)
        a.fill('Family name', FAMILY)
        a.choose('Sharing with other agencies', 1)
        a.search('Add an agency: type its name', 'Mile', 'Mile End Clinic')
        a.sees('Mile End Clinic will see:')
        a.key('ctrl+Return')
        a.find('Send Referral')
        a.sees('Consent in force')
        a.sees('Up to date')

    def enroll(self):
        a = self.a
        a.press('Enroll')
        a.sees('Enroll in a Program')
        a.key('ctrl+Return')
        a.sees('Pantry')
        a.sees('Up to date')
        self.picture(a, 'enrolled')

    def open_case(self):
        a = self.a
        a.press_key('c', lambda: a.sees('Open a Case', 2))
        a.fill('Title', CASE)
        a.fill('Next step', STEP)
        a.key('ctrl+Return')
        a.sees(CASE)
        a.sees('Up to date')
        self.picture(a, 'case')
        for keys in ('ctrl+3', 'ctrl+4'):
            self.b.key(keys)
            self.b.sees('Up to date')
            self.b.never_sees(FAMILY)
            self.b.never_sees(CASE)
        if self.wire.carried(FAMILY) or self.wire.carried(CASE):
            raise Failed('the hub sent the client to a desk that does not work with them')

    def assign(self):
        a = self.a
        a.key('ctrl+4')
        a.sees(STEP)
        a.press_key('a', lambda: a.sees('Assigned Staff', 2))
        a.type('dan')
        a.sees('Dan Reed')
        a.key('Return')
        a.sees('Dan Reed is added to: the client, ' + CASE)
        self.b.never_sees(CASE)  # A9: nothing before Save
        self.picture(a, 'staged')
        a.key('ctrl+Return')
        a.sees('Saved. Check below')
        self.picture(a, 'assigned')

    def arrives(self):
        b = self.b
        b.sees(CASE)
        b.sees(NAME)
        b.key('Return')
        b.sees(STEP)
        self.picture(b, 'arrived')
        b.key('ctrl+3')
        b.fill('Name, birth date, phone or number', 'okonkwo')
        b.sees(NAME)

    def remove(self):
        a = self.a
        a.press(re.compile('Remove Dan Reed'))
        a.sees('Dan Reed is removed from: the client, ' + CASE)  # A6: the first is the client's own
        a.key('ctrl+Return')
        a.gone('Dan Reed is removed from')
        a.sees('Saved. Check below')

    def gone(self):
        b = self.b
        b.gone(FAMILY)
        b.sees('No Match')  # of what was typed while they were there
        b.key('ctrl+4')
        b.sees('Up to date')
        b.never_sees(CASE)
        b.key('ctrl+3')
        b.never_sees(NAME)
        self.picture(b, 'gone')
        self.a.key('Escape', 'ctrl+4')
        self.a.sees(CASE)

    steps = [
        (set_up, 'a hub and two people of one agency'),
        (open_windows, 'two windows open'),
        (Journey.sign_in, 'both sign in'),
        (register, 'the supervisor registers a client with consent'),
        (enroll, 'and enrolls them in a program'),
        (open_case, 'and opens a case: the other desk learns nothing'),
        (assign, 'and puts the colleague on it'),
        (arrives, 'it is on the colleague\'s desk, client and case'),
        (remove, 'the colleague is taken off the client'),
        (gone, 'and it is gone there'),
        (Journey.check, 'the hub\'s grants agree with the facts'),
    ]


if __name__ == '__main__':
    main(Cases)
