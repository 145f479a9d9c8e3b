# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through the demo for a machine without a display: walk.py KITH HUB_URL PICTURES, under ui-run.

Signs in, goes where a worker goes, and leaves a picture of each page as PICTURES/walk-NN-page.png.
"""
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kith_ui import Failed, Window  # noqa: E402

LOGIN, PASSWORD = 'manager1', 'a demo is not a secret'


class Walk:
    def __init__(self, window, pictures):
        self.window, self.pictures, self.n = window, pictures, 0

    def picture(self, page, words):
        self.n += 1
        name = f'walk-{self.n:02}-{page}.png'
        self.window.picture(f'{self.pictures}/{name}')
        print(f'{words}: {name}', flush=True)

    def go(self):
        window = self.window
        self.picture('sign-in', 'The sign-in page')
        window.fill('Password', PASSWORD)
        window.key('Return')
        window.sees('Up to date')

        window.key('ctrl+3')
        self.picture('clients', 'Clients')
        window.click_node(self.first_client())
        window.find('Send Referral')
        self.picture('client', 'A client')
        window.press(re.compile('Send Referral.*'))
        window.search(re.compile('.*service.*', re.I), 'food', None)
        window.fill('Need, in a few words', 'Food for a family of four')
        self.picture('referral', 'A referral to send')
        window.key('Escape')

        window.key('ctrl+2')
        self.picture('inbox', 'The inbox')
        window.key('ctrl+shift+s')
        self.picture('sent', 'What was sent')
        window.key('ctrl+7')
        self.picture('directory', 'The directory')
        window.key('ctrl+9')
        self.picture('attention', 'What needs attention')
        window.key('ctrl+k')
        self.picture('find', 'Find anything')
        window.key('Escape')
        window.key('ctrl+l')
        window.sees('Kith Is Locked')
        self.picture('locked', 'Locked')

    def first_client(self):
        """One whose consent is in force, so that a referral can be sent."""
        rows = self.window.client_rows()
        return next((row for row in rows if 'no consent' not in (row.get_name() or '')), rows[0])


def main():
    kith, hub, pictures = sys.argv[1:4]
    os.makedirs(pictures, exist_ok=True)
    for old in os.listdir(pictures):
        if old.startswith('walk-'):
            os.remove(f'{pictures}/{old}')
    folder = tempfile.mkdtemp(prefix='kith-walk.')
    window = None
    try:
        window = Window('kith', kith, ['--hub', hub, '--login', LOGIN, '--data-dir', f'{folder}/desk'], (0, 0), f'{folder}/log')
        print(f'Kith is open for {LOGIN} at {hub}', flush=True)
        Walk(window, pictures).go()
    except Failed as problem:
        print(f'The walk stopped: {problem}', file=sys.stderr)
        if window and window.process.poll() is None:
            window.picture(f'{pictures}/walk-stopped.png')
        with open(f'{folder}/log', encoding='utf-8', errors='replace') as lines:
            sys.stderr.write(lines.read())
        sys.exit(1)
    finally:
        if window:
            window.end()
        shutil.rmtree(folder, ignore_errors=True)


main()
