# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Run on a desktop's session bus, it is what a panel of today offers there: a place for icons, and notes.

usage: note_service.py FILE: one JSON document a line, {} once it is there, {"icon"} with the bus's name of a program that has one,
{"title", "text"} for a note.
"""
import json
import sys

from gi.repository import Gio, GLib

NOTES = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/></method></interface></node>"""
ICONS = """<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<signal name="StatusNotifierHostRegistered"/>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/></interface></node>"""
ANSWERS = {"Notify": ("(u)", 1), "GetCapabilities": ("(as)", ["body"]), "GetServerInformation": ("(ssss)", "notes", "signet", "1", "1.2")}
PROPERTIES = {"RegisteredStatusNotifierItems": ("as", []), "IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}


def write(document):
    with open(sys.argv[1], "a", encoding="utf-8") as file:
        file.write(json.dumps(document) + "\n")


def called(_connection, sender, _path, _interface, method, parameters, invocation):
    if method == "Notify":
        title, text = parameters.unpack()[3:5]
        write({"title": title, "text": text})
    if method == "RegisterStatusNotifierItem":
        write({"icon": sender})
    kind, *values = ANSWERS.get(method, ("()",))
    invocation.return_value(GLib.Variant(kind, tuple(values)))


def asked(_connection, _sender, _path, _interface, name):
    return GLib.Variant(*PROPERTIES[name])


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
for path, xml in (("/org/freedesktop/Notifications", NOTES), ("/StatusNotifierWatcher", ICONS)):
    interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
    bus.register_object(path, interface, called, asked, None)
    Gio.bus_own_name_on_connection(bus, interface.name, Gio.BusNameOwnerFlags.NONE, None, None)
# Answered after both names were given.
bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId", None, None, Gio.DBusCallFlags.NONE, -1)
bus.emit_signal(None, "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "StatusNotifierHostRegistered", None)
write({})
GLib.MainLoop().run()
