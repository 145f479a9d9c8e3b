# SPDX-License-Identifier: GPL-3.0-or-later
"""The closed loop through real windows: journey.py KITH KITH_HUB DATA PICTURES, under ui-run. Speaks TAP.

A worker of one agency registers a client with consent and refers them to another agency, whose desk accepts while the hub is
away; the network comes back, the loop closes with an outcome; a third agency's desk is there all the time and learns nothing.
"""
import csv
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kith_ui  # noqa: E402
from kith_ui import Failed, Hub, Notifications, Window, until  # noqa: E402

PASSWORD = 'correct horse, six staples'
GIVEN, FAMILY = 'Željka', 'Wrzesniewski'
NAME = f'{GIVEN} {FAMILY}'
NEED = 'Somebody to talk to, in the evening'


class Wire:
    """Stands between one desk and the hub and keeps every byte that passes, so that it can be searched afterwards."""

    def __init__(self, hub):
        self.hub, self.down = hub, bytearray()
        self.server = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.server.getsockname()[1]}'
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            desk, _ = self.server.accept()
            try:
                hub = socket.create_connection(('127.0.0.1', self.hub.port))
            except OSError:
                desk.close()
                continue
            threading.Thread(target=self._pass, args=(desk, hub, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(hub, desk, self.down), daemon=True).start()

    @staticmethod
    def _pass(source, target, keep):
        try:
            while data := source.recv(65536):
                if keep is None:  # asked for in plain text, so that what passes can be read
                    data = re.sub(rb'(?i)\r\naccept-encoding:', b'\r\nx-was-encoding:', data)
                else:
                    keep += data
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def carried(self, text):
        return text.encode() in self.down


class Journey:
    password = PASSWORD

    def __init__(self, kith, kith_hub, data, pictures, scratch):
        self.kith, self.data, self.pictures, self.scratch = kith, data, pictures, scratch
        self.hub = Hub(kith_hub, f'{scratch}/hub.db', f'{scratch}/hub.log')
        self.windows, self.shots = [], 0

    # ---- what there is before

    def receiver(self):
        """The agency and its service, from the HSDS sample data where it is, else from a few lines of the same form."""
        reference = os.path.join(os.environ.get('KITH_REFERENCE', ''), 'hsds/3.0/examples/csv')
        if os.path.isfile(f'{reference}/services.csv'):
            with open(f'{reference}/organizations.csv', encoding='utf-8-sig', newline='') as rows:
                organization = next(csv.DictReader(rows))
            with open(f'{reference}/services.csv', encoding='utf-8-sig', newline='') as rows:
                service = next(csv.DictReader(rows))
            return reference, organization['name'], service['name']
        print('# skipped: no reference data; a directory of the same form instead')
        folder = f'{self.scratch}/directory'
        os.makedirs(folder)
        with open(f'{folder}/organizations.csv', 'w', encoding='utf-8') as out:
            out.write('id,name,description\no-rosewood,Rosewood Counselling,Somebody who listens\n')
        with open(f'{folder}/services.csv', 'w', encoding='utf-8') as out:
            out.write('id,organization_id,name,status\ns-talk,o-rosewood,Evening Counselling,active\n')
        return folder, 'Rosewood Counselling', 'Evening Counselling'

    def account(self, login, given, family, agency, role, *more):
        self.hub.command('account', 'add', '--login', login, '--given-name', given, '--family-name', family, '--agency', agency,
                         '--role', role, '--trained', '--password-file', f'{self.scratch}/password', *more)

    def set_up(self):
        with open(f'{self.scratch}/password', 'w', encoding='utf-8') as out:
            out.write(PASSWORD + '\n')
        folder, self.agency_b, self.service = self.receiver()
        self.hub.command('init')
        self.hub.command('import', 'hsds', self.data)
        self.hub.command('import', 'hsds', folder)
        self.hub.command('service', 'direct', self.service, 'on')
        self.account('ana', 'Ana', 'Farah', 'Harbor Food Bank', 'care_coordinator')
        self.account('ben', 'Ben', 'Okafor', self.agency_b, 'referral_manager', '--service', self.service.upper())
        self.account('cleo', 'Cleo', 'Marsh', 'Mile End Clinic', 'referral_manager')
        self.hub.start()

    def open_windows(self):
        self.wire_b, self.wire_c = Wire(self.hub), Wire(self.hub)
        for name, login, url, place in (('a', 'ana', self.hub.url, (0, 0)), ('b', 'ben', self.wire_b.url, (1110, 0)),
                                        ('c', 'cleo', self.wire_c.url, (0, 730))):
            window = Window(name, self.kith, ['--hub', url, '--login', login, '--data-dir', f'{self.scratch}/{name}', '--idle', '0'],
                            place, f'{self.scratch}/{name}.log')
            self.windows.append(window)
        self.a, self.b, self.c = self.windows

    def picture(self, window, what):
        self.shots += 1
        window.picture(f'{self.pictures}/{self.shots:02}-{window.name}-{what}.png')

    # ---- the steps

    def sign_in(self):
        self.picture(self.a, 'sign-in')
        for window in self.windows:
            window.fill('Password', self.password)
            window.key('Return')
        for window in self.windows:
            window.sees('Up to date')

    def register(self):
        a = self.a
        a.key('ctrl+n')
        a.fill('Given name', GIVEN)
        a.fill('Family name', FAMILY)
        a.fill('Birth date, or only the year', '4/7/1988')
        a.fill('Phone', '(619) 555-0142')
        a.search('Add a language: type its name', 'Croat', 'Croatian')
        a.choose('Sharing with other agencies', 1)
        a.search('Add an agency: type its name', self.agency_b.split()[0], self.agency_b)
        a.sees(f'{self.agency_b} will see:')
        self.picture(a, 'new-client')
        a.key('ctrl+Return')
        a.sees(NAME)
        a.sees('Up to date')
        self.picture(a, 'client')

    def find(self):
        a = self.a
        a.key('ctrl+2')
        a.gone(NAME)
        a.key('ctrl+k')
        a.entry(re.compile('Find.*|Client.*|Name.*|Search.*'))
        a.type(f'wrz')
        a.sees(NAME)
        self.picture(a, 'find')
        a.key('Return')
        a.find('Send Referral')

    def send(self):
        a = self.a
        a.key('r')
        a.search(re.compile('.*service.*', re.I), self.service.split()[0], self.service)
        a.sees('The client agreed to share with')
        a.fill('Need, in a few words', NEED)
        self.picture(a, 'send')
        a.key('ctrl+Return')
        a.gone('Need, in a few words')
        for _ in range(3):  # Overview, Cases, Services, Referrals
            a.key('ctrl+Page_Down')
        a.sees(self.service)
        a.sees('Up to date')
        self.picture(a, 'referred')
        a.key('ctrl+shift+s')
        a.sees(NEED)
        a.sees('Up to date')
        self.picture(a, 'sent')

    def arrive(self):
        b = self.b
        b.key('ctrl+2')
        b.sees(NAME)
        b.sees(NEED)
        self.picture(b, 'inbox')

    def accept_offline(self):
        b = self.b
        self.hub.stop()
        b.sees('Offline')
        b.press_key('1', lambda: b.sees('waiting', 2))
        b.sees('Working offline.')
        self.picture(b, 'accepted-offline')

    def lock_offline(self):
        b = self.b
        b.key('ctrl+l')
        b.sees('Kith Is Locked')
        b.never_sees(FAMILY)
        self.picture(b, 'locked')
        b.fill('Password', 'not this one')
        b.key('Return')
        b.sees('That is not the password.')
        b.never_sees(FAMILY)
        self.picture(b, 'wrong-password')
        b.fill('Password', PASSWORD)
        b.key('Return')
        b.sees('waiting')
        self.picture(b, 'unlocked')

    def accepted(self):
        self.a.never_sees('Accepted')
        self.hub.start()
        self.b.sees('Up to date')
        self.a.sees('Up to date')
        self.a.sees('Accepted')
        self.a.gone('Answer awaited')
        self.picture(self.a, 'accepted')

    def close(self):
        b = self.b
        b.key('ctrl+2')
        b.press(re.compile('In Work.*'))
        b.sees(NAME)
        b.press_key('x', lambda: b.sees('Close the Referral', 2))
        b.type('fully')
        b.sees('Need fully met')
        self.picture(b, 'outcome')
        b.key('Return')
        b.sees('Closed')
        b.sees('Up to date')
        self.a.sees('Closed')
        self.a.press('Closed')
        self.a.sees('Need fully met')
        self.picture(self.a, 'outcome')
        self.picture(self.b, 'closed')

    def third(self):
        c = self.c
        for keys in ('ctrl+2', 'ctrl+shift+s', 'ctrl+3'):
            c.key(keys)
            c.sees('Up to date')
            c.never_sees(FAMILY)
        c.fill('Name, birth date, phone or number', 'wrz')
        c.sees('No Match')
        c.never_sees(NAME)
        self.picture(c, 'nothing')
        if not self.wire_b.carried(FAMILY):
            raise Failed('the name is not in what the hub sent to the receiver: this check could not fail')
        for text in (FAMILY, GIVEN, NEED, '555-0142'):
            if self.wire_c.carried(text):
                raise Failed(f'the hub sent “{text}” to the third agency')
            if text in self.shown.words():  # C17: a notification is read by whoever passes the screen
                raise Failed(f'a notification says “{text}”')

    def check(self):
        self.hub.stop()
        print('# ' + self.hub.command('check').strip().replace('\n', '\n# '))
        for window in self.windows:
            if window.process.poll() is not None:
                raise Failed(f'{window.name} ended with {window.process.returncode}')

    steps = [
        (set_up, 'a hub with a directory in HSDS form and three agencies'),
        (open_windows, 'three windows open'),
        (sign_in, 'three people sign in'),
        (register, 'A registers a client with consent'),
        (find, 'A finds the client by typing'),
        (send, 'A sends a direct referral'),
        (arrive, 'B sees it arrive'),
        (accept_offline, 'B accepts without the hub: it waits'),
        (lock_offline, 'B locks, and unlocks without the hub'),
        (accepted, 'the hub is back: A sees it accepted'),
        (close, 'B closes with an outcome, A sees it'),
        (third, 'C learned nothing, and nothing was sent to it'),
        (check, 'the hub\'s grants agree with the facts'),
    ]

    def run(self):
        failed = None
        print(f'1..{len(self.steps)}')
        for number, (step, words) in enumerate(self.steps, 1):
            if failed:
                print(f'not ok {number} {words} # not reached')
                continue
            began = kith_ui.time.monotonic()
            try:
                step(self)
                print(f'ok {number} {words}\n# {kith_ui.time.monotonic() - began:.1f} s', flush=True)
            except (Failed, subprocess.CalledProcessError, StopIteration, OSError) as error:
                failed = error
                print(f'not ok {number} {words}', flush=True)
                self.explain(error)
        return 1 if failed else 0

    def explain(self, error):
        for line in traceback.format_exc().splitlines() + str(getattr(error, 'stderr', None) or '').splitlines():
            print(f'# {line}')
        for window in self.windows:
            try:
                window.picture(f'{self.pictures}/failed-{window.name}.png')
                print(f'# {window.name} shows: ' + ' | '.join(window.texts()))
            except (Failed, subprocess.CalledProcessError, kith_ui.GLib.Error) as problem:
                print(f'# {window.name}: {problem}')
        for name in ('hub', 'a', 'b', 'c'):
            try:
                with open(f'{self.scratch}/{name}.log', encoding='utf-8', errors='replace') as lines:
                    for line in lines.read().splitlines()[-15:]:
                        print(f'# {name}.log: {line}')
            except OSError:
                pass

    def end(self):
        for window in self.windows:
            window.end()
        self.hub.stop()


def main(kind=Journey):
    kith, kith_hub, data, pictures = sys.argv[1:5]
    if os.environ.get('KITH_SANITIZED'):
        print('1..0 # SKIP a build with sanitizers is too slow for windows that are waited for; the plain build runs it')
        return
    shutil.rmtree(pictures, ignore_errors=True)
    os.makedirs(pictures)
    scratch = tempfile.mkdtemp(prefix='kith-journey.')
    shown = Notifications(f'{scratch}/notifications')
    journey = kind(kith, kith_hub, data, pictures, scratch)
    journey.shown = shown
    try:
        status = journey.run()
    finally:
        journey.end()
        shown.end()
        shutil.rmtree(scratch, ignore_errors=True)
    sys.exit(status)


if __name__ == '__main__':
    main()
