"""Run by the system's own Python, which has pyatspi: reads the accessibility tree of a program as screen readers do.

One JSON request a line on stdin (`{"app": "shotwright"}`), one JSON answer a line on stdout: a list of nodes with role,
name, label (the text that is bound to a field), text, box on the screen and states. With `"ask": true` only the names
of the program's windows are asked for: how long the answer takes is how long the program is deaf.
"""

import contextlib
import json
import sys

import pyatspi
from gi.repository import GLib

SHOWN = {
    pyatspi.STATE_SHOWING: "showing", pyatspi.STATE_ENABLED: "enabled", pyatspi.STATE_FOCUSED: "focused",
    pyatspi.STATE_CHECKED: "checked", pyatspi.STATE_FOCUSABLE: "focusable", pyatspi.STATE_SELECTED: "selected",
}  # fmt: skip
MOST = 6000


def nodes(app):
    found = []
    queue = [(app, 0)]
    while queue and len(found) < MOST:
        one, depth = queue.pop(0)
        try:
            states = one.getState()
            if depth and not states.contains(pyatspi.STATE_SHOWING):
                continue
            found.append(described(one, states, depth))
            queue += [(child, depth + 1) for child in one if child is not None]
        except (GLib.Error, LookupError) as error:  # a widget may go while it is read
            print(f"a node went: {error}", file=sys.stderr)
    return found


def described(one, states, depth):
    box = [0, 0, 0, 0]
    with contextlib.suppress(NotImplementedError):
        extents = one.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        box = [extents.x, extents.y, extents.width, extents.height]
    text = ""
    with contextlib.suppress(NotImplementedError):
        read = one.queryText()
        text = read.getText(0, min(read.characterCount, 400))  # a text of many lines gives nothing past its end
    return {
        "role": one.getRoleName(),
        "name": one.name or "",
        "label": label(one),
        "text": text,
        "box": box,
        "depth": depth,
        "states": [word for state, word in SHOWN.items() if states.contains(state)],
    }


def label(one):
    """On Linux Qt gives a choice the name of what is chosen; what it is called is told by the label bound to it."""
    for relation in one.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            return " ".join(relation.getTarget(place).name or "" for place in range(relation.getNTargets()))
    return ""


def apps(wanted):
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.clearCache()
    for app in desktop:
        if app is not None and wanted in (app.name or ""):
            app.clearCache()
            yield app


def windows(app):
    with contextlib.suppress(GLib.Error, LookupError):
        return [window.name for window in app if window is not None]
    return []


def main():
    for line in sys.stdin:
        request = json.loads(line)
        read = windows if request.get("ask") else nodes
        print(json.dumps([one for app in apps(request["app"]) for one in read(app)]), flush=True)


if __name__ == "__main__":
    main()
