# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives real Kith windows from outside: a hub process, kith processes, AT-SPI to look and to type, xdotool for keys.

GTK 4.8 has limits that shape this file: check buttons have no action and nothing can be focused through AT-SPI, so clicks
go to where a widget is; objects vanish while one walks, so every look is repeated until it holds or time is up.
"""
import os
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = float(os.environ.get('KITH_JOURNEY_PATIENCE', '30'))


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
        time.sleep(0.03)


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


class Window:
    """One kith process and its window."""

    def __init__(self, name, program, arguments, place, log):
        self.name = name
        self.log = open(log, 'w', encoding='utf-8')
        self.process = subprocess.Popen([program, *arguments], stdout=self.log, stderr=subprocess.STDOUT)
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
        return found[-1] if found else None

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

    def all(self, name=None, role=None):
        found = []
        for node in self.walk():
            try:
                if role and node.get_role_name() != role:
                    continue
                if name is not None and not matches(name, node.get_name() or ''):
                    continue
                found.append(node)
            except GLib.Error:
                continue
        return found

    def find(self, name=None, role=None, patience=None):
        return until(f'{role or "anything"} “{name}” in {self.name}', lambda: (self.all(name, role) or [None])[0], patience)

    def sees(self, text, patience=None):
        """Some visible text contains it."""
        return self.find(re.compile('.*' + re.escape(text) + '.*', re.S), patience=patience)

    def never_sees(self, text):
        found = self.all(re.compile('.*' + re.escape(text) + '.*', re.S))
        if found:
            raise Failed(f'{self.name} shows “{text}”')

    def texts(self):
        return [n.get_name() for n in self.all(role='label') if n.get_name()]

    # ---- acting

    def focus(self):
        xdo('windowraise', self.xid)
        xdo('windowfocus', '--sync', self.xid)

    def key(self, *keys):
        self.focus()
        for key in keys:
            xdo('key', '--clearmodifiers', key)
            time.sleep(0.05)

    def type(self, text):
        """ASCII only: xdotool turns other letters into their neighbours."""
        self.focus()
        xdo('type', '--delay', '12', text)

    def fill(self, name, text):
        """Into the entry of that name, whatever the letters."""
        def entry():
            for node in self.all(name):
                for candidate in self.walk(node):
                    if candidate.get_role_name() in ('text', 'entry', 'password text') and candidate.get_state_set().contains(Atspi.StateType.EDITABLE):
                        return candidate
            return None

        node = until(f'the entry “{name}” in {self.name}', entry)
        Atspi.EditableText.set_text_contents(node, text)
        return node

    def click(self, name, role=None):
        node = self.find(name, role)
        self.click_node(node)

    def click_node(self, node):
        box = node.get_extents(Atspi.CoordType.WINDOW)
        self.focus()
        xdo('mousemove', '--sync', str(self.place[0] + box.x + box.width // 2), str(self.place[1] + box.y + box.height // 2))
        xdo('click', '1')

    def press(self, name):
        """The action of a button."""
        def button():
            for node in self.all(name):
                try:
                    if node.get_n_actions() > 0:
                        return node
                except GLib.Error:
                    continue
            return None

        until(f'a button “{name}” in {self.name}', button).do_action(0)

    def picture(self, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        time.sleep(0.3)  # let the last frame be drawn: there is nothing to ask for it
        xdo('windowraise', self.xid)
        subprocess.run(['import', '-window', self.xid, path], check=True)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def extents(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def has_no_size(node):
    try:
        _, _, width, height = extents(node)
    except GLib.Error:
        return False  # a page of a stack has no place of its own
    return width <= 0 or height <= 0


def matches(pattern, text):
    return bool(pattern.fullmatch(text)) if isinstance(pattern, re.Pattern) else pattern == text


def xdo(*words):
    subprocess.run(['xdotool', *words], check=True, stdout=subprocess.DEVNULL)
