# SPDX-License-Identifier: GPL-3.0-or-later
"""Where notifications are shown: notifications.py FILE writes a line for each, title and text. A session bus of its own has nobody who
would, and a program under G_DEBUG=fatal-warnings ends at the warning that nobody does."""
import sys

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/></method>
</interface></node>"""


def main():
    out = open(sys.argv[1], 'a', encoding='utf-8')
    shown = 0

    def call(connection, sender, path, interface, method, parameters, invocation):
        nonlocal shown
        answer = None
        if method == 'Notify':
            shown += 1
            words = parameters.unpack()
            print(f'{words[3]} | {words[4]}'.replace('\n', ' '), file=out, flush=True)
            answer = GLib.Variant('(u)', (shown,))
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['body', 'actions'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('journey', 'Kith', '1', '1.2'))
        invocation.return_value(answer)

    def got_bus(connection, name):
        connection.register_object('/org/freedesktop/Notifications', Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], call, None, None)

    Gio.bus_own_name(Gio.BusType.SESSION, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE, got_bus,
                     lambda *_: print('ready', file=out, flush=True), None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
