# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives real Kith windows from outside: a hub process, kith processes, AT-SPI to look and to type, xdotool for keys.

GTK 4.8 has limits that shape this file: check buttons have no action and nothing can be focused through AT-SPI, so clicks
go to where a widget is; objects vanish while one walks, so every look is repeated until it holds or time is up.
"""
import os
import re
import subprocess
import time

# For the programs driven, not for this one: the accessibility bus warns of things that do no harm.
DEBUG = os.environ.pop('G_DEBUG', None)

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# Without a compositor GTK draws a solid edge around a window, which the places it tells leave out.
EDGE = 5
PATIENCE = float(os.environ.get('KITH_JOURNEY_PATIENCE', '60'))


class Failed(Exception):
    pass


def until(what, look, patience=None):
    """The first true answer of look(); fails with what was waited for."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        try:
            answer = look()
            if answer:
                return answer
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise Failed(f'waited in vain for: {what}')
        time.sleep(0.1)  # to look takes the windows' own time, too


class Hub:
    """kith-hub over one database; stop() cuts the network, start() brings it back on the same port."""

    def __init__(self, program, database, log):
        self.program, self.database, self.log, self.port, self.process, self.url = program, database, log, 0, None, None

    def command(self, *words):
        return subprocess.run([self.program, *words, '--database', self.database], check=True, capture_output=True, text=True).stdout

    def start(self):
        out = open(self.log, 'a', encoding='utf-8')
        before = os.path.getsize(self.log)
        self.process = subprocess.Popen([self.program, 'serve', '--database', self.database, '--listen', f'127.0.0.1:{self.port}'],
                                        stdout=out, stderr=subprocess.STDOUT)

        def url():
            with open(self.log, encoding='utf-8') as lines:
                lines.seek(before)
                found = re.search(r'http://127\.0\.0\.1:(\d+)', lines.read())
            if self.process.poll() is not None:
                raise Failed(f'the hub ended: see {self.log}')
            return found

        found = until('the hub to listen', url)
        self.url, self.port = found.group(0), int(found.group(1))
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None


class Notifications:
    """Shows what the windows announce, and keeps its words."""

    def __init__(self, log):
        self.log = log
        self.process = subprocess.Popen(['/usr/bin/python3', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'notifications.py'), log])
        until('notifications to be shown', lambda: 'ready' in self.words())

    def words(self):
        try:
            with open(self.log, encoding='utf-8') as lines:
                return lines.read()
        except OSError:
            return ''

    def end(self):
        self.process.terminate()
        self.process.wait()


class Window:
    """One kith process and its window."""

    def __init__(self, name, program, arguments, place, log):
        self.name = name
        self.log = open(log, 'w', encoding='utf-8')
        self.process = subprocess.Popen([program, *arguments], stdout=self.log, stderr=subprocess.STDOUT, env=environment())
        self.app = until(f'{name} on the accessibility bus', self._find_app)
        self.xid = until(f'the window of {name}', self._find_xid)
        xdo('windowmove', '--sync', self.xid, str(place[0]), str(place[1]))
        self.place = place

    def _find_app(self):
        if self.process.poll() is not None:
            raise Failed(f'{self.name} ended with {self.process.returncode}: see its log')
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_process_id() == self.process.pid:
                return app
        return None

    def _find_xid(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return max(found, key=int) if found else None

    # ---- looking

    def walk(self, node=None, depth=0):
        """What can be seen. GTK 4.8 calls nothing but windows SHOWING; what is hidden lacks VISIBLE, what is folded away has no size."""
        node = node or self.app
        if depth > 1:
            try:
                if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
                    return
                if has_no_size(node):
                    return
            except GLib.Error:
                return
        yield node
        if depth > 60:
            return
        for i in range(min(node.get_child_count(), 400)):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self.walk(child, depth + 1)

    def each(self, name=None, role=None):
        for node in self.walk():
            try:
                if role and node.get_role_name() != role:
                    continue
                if name is not None and not any(matches(name, words) for words in words_of(node)):
                    continue
            except GLib.Error:
                continue
            yield node

    def all(self, name=None, role=None):
        return list(self.each(name, role))

    def find(self, name=None, role=None, patience=None):
        return until(f'{role or "anything"} “{name}” in {self.name}', lambda: next(self.each(name, role), None), patience)

    def sees(self, text, patience=None):
        """Some visible text contains it."""
        return self.find(re.compile('.*' + re.escape(text) + '.*', re.S), patience=patience)

    def never_sees(self, text):
        found = self.all(re.compile('.*' + re.escape(text) + '.*', re.S))
        if found:
            raise Failed(f'{self.name} shows “{text}”')

    def gone(self, text, patience=None):
        self.point(2, 2)  # a toast does not go while the pointer rests on it
        until(f'“{text}” to go from {self.name}', lambda: not self.all(re.compile('.*' + re.escape(text) + '.*', re.S)), patience)

    def texts(self):
        return [words for node in self.all() if node.get_role_name() in SPOKEN for words in words_of(node) if words]

    # ---- acting

    def front(self):
        """The newest of its windows: a dialog, when one is open."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                               capture_output=True, text=True).stdout.split()
        return max((int(xid) for xid in found), default=int(self.xid))

    def on_front(self, act):
        """act(the front window's id). A list that unfolds is a window too and may close between the asking and the acting: asked again then."""
        for last in (False, False, False, True):
            try:
                return act(str(self.front()))
            except subprocess.CalledProcessError:
                if last:
                    raise
                time.sleep(0.2)
        return None

    def focus(self):
        def act(front):
            xdo('windowraise', front)
            xdo('windowfocus', '--sync', front)

        self.on_front(act)

    def point(self, x, y, *words):
        self.on_front(lambda front: xdo('mousemove', '--window', front, *words, str(x), str(y)))

    def key(self, *keys):
        self.focus()
        for key in keys:
            xdo('key', '--clearmodifiers', key)
            time.sleep(0.05)

    def type(self, text):
        """ASCII only: xdotool turns other letters into their neighbours."""
        self.focus()
        xdo('type', '--delay', '12', text)

    def entry(self, name):
        def look():
            for node in self.each(name):
                for candidate in self.walk(node, 2):
                    if candidate.get_state_set().contains(Atspi.StateType.EDITABLE):
                        return candidate
            return None

        return until(f'the entry “{name}” in {self.name}', look)

    def fill(self, name, text):
        """Into the entry of that name, whatever the letters."""
        node = self.entry(name)
        Atspi.EditableText.set_text_contents(node, text)
        return node

    def settle(self, name):
        """Until the entry stays where it is: what stands above it may still come and go."""
        where = []

        def look():
            where.append(extents(self.entry(name)))
            time.sleep(0.25)
            return len(where) > 2 and where[-1] == where[-2] == where[-3]

        until(f'“{name}” at rest in {self.name}', look)
        return self.entry(name)

    def click(self, name, role=None):
        node = self.find(name, role)
        self.click_node(node)

    def scroll_to(self, node):
        """Turns the wheel until the node lies inside the pane that scrolls it."""
        pane = node
        while pane is not None and pane.get_role_name() != 'scroll pane':
            pane = pane.get_parent()
        if pane is None:
            return
        left, top, width, height = extents(pane)
        self.focus()
        for _ in range(60):
            _, y, _, h = extents(node)
            if top <= y and y + h <= top + height:
                return
            self.point(EDGE + left + width // 2, EDGE + top + height // 2)
            xdo('click', '4' if y < top else '5')
            time.sleep(0.1)

    def click_node(self, node):
        self.scroll_to(node)
        x, y, width, height = extents(node)
        self.focus()
        self.point(EDGE + x + width // 2, EDGE + y + height // 2, '--sync')
        xdo('click', '1')

    def press(self, name):
        """The action of a button."""
        def button():
            for node in self.each(name):
                try:
                    if node.get_n_actions() > 0:
                        return node
                except GLib.Error:
                    continue
            return None

        until(f'a button “{name}” in {self.name}', button).do_action(0)

    def press_key(self, key, seen):
        """A letter that acts only when no entry has the focus: pressed again until it shows."""
        end = time.monotonic() + PATIENCE
        while True:
            self.key(key)
            try:
                return seen()
            except Failed:
                if time.monotonic() > end:
                    raise

    def click_for(self, name, seen):
        """What moves as it comes makes a click miss: clicked again until it shows."""
        end = time.monotonic() + PATIENCE
        while True:
            self.click(name)
            try:
                return seen()
            except Failed:
                if time.monotonic() > end:
                    raise

    def search(self, name, text, wanted):
        """Types into a box that suggests; takes what is suggested first, once what is wanted (None: anything) is there."""
        box = self.entry(name)
        before = self.rows_below(box)
        self.click_node(box)
        self.type(text)
        if wanted is None:
            until(f'something to be suggested in {self.name}', lambda: self.rows_below(box) > before)
        else:
            until(f'“{wanted}” to be suggested in {self.name}', lambda: self.all(wanted, 'list item'))
        self.key('Return')

    def rows_below(self, box):
        """How many rows the list has in which the box is the first."""
        rows = box
        while rows is not None and rows.get_role_name() != 'list':
            rows = rows.get_parent()
        return len([node for node in self.walk(rows or box.get_parent(), 2) if node.get_role_name() == 'list item'])

    def client_rows(self):
        """What the list of clients shows: rows carry the client's name in a part of theirs."""
        return until(f'clients in {self.name}', lambda: self.all(re.compile(r'.+ · .+'), 'filler'))

    def choose(self, name, position):
        """An entry of a drop-down row, counted from its first. Keys before its list is there would go elsewhere, and what
        moves under the pointer (a group that unfolds above) makes the click miss: then it is clicked again."""
        before = self.all(role='list item')
        end = time.monotonic() + PATIENCE
        while True:
            self.click(name)
            try:
                entries = until(f'the list of “{name}” in {self.name}', lambda: [item for item in self.all(role='list item') if item not in before], 3)
                break
            except Failed:
                if time.monotonic() > end:
                    raise
        self.key('Home', *['Down'] * position, 'Return')
        # What is chosen may bring rows of the form with it, so it is the entries that are waited for.
        until(f'the list of “{name}” to close in {self.name}', lambda: not any(item in entries for item in self.all(role='list item')))

    def picture(self, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        time.sleep(0.4)  # let the last frame be drawn: there is nothing to ask for it

        def take(front):
            xdo('windowraise', front)
            subprocess.run(['import', '-window', front, path], check=True)

        self.on_front(take)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def environment():
    return os.environ | ({'G_DEBUG': DEBUG} if DEBUG else {})


def extents(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def has_no_size(node):
    if 'Component' not in node.get_interfaces():
        return False  # a page of a stack has no place of its own
    _, _, width, height = extents(node)
    return width <= 0 or height <= 0


# What has words of its own. With GTK 4.18 news has no name, and a value has that of the fact it stands for.
SPOKEN = ('label', 'status bar', 'notification', 'alert')


def words_of(node):
    name = node.get_name() or ''
    if node.get_role_name() not in SPOKEN or 'Text' not in node.get_interfaces():
        return [name]
    return list(dict.fromkeys([name, Atspi.Text.get_text(node, 0, -1)]))


def matches(pattern, text):
    return bool(pattern.fullmatch(text)) if isinstance(pattern, re.Pattern) else pattern == text


def xdo(*words):
    subprocess.run(['xdotool', *words], check=True, stdout=subprocess.DEVNULL)
