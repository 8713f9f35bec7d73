"""Run by the system's own Python, which has pyatspi: reads the accessibility tree of a program as screen readers do.

One JSON request a line on stdin (`{"app": "shotwright"}`), one JSON answer a line on stdout: a list of nodes with role,
name, text, box on the screen and states.
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
        text = one.queryText().getText(0, 400)
    return {
        "role": one.getRoleName(),
        "name": one.name or "",
        "text": text,
        "box": box,
        "depth": depth,
        "states": [word for state, word in SHOWN.items() if states.contains(state)],
    }


def main():
    for line in sys.stdin:
        wanted = json.loads(line)["app"]
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.clearCache()
        found = []
        for app in desktop:
            if app is not None and wanted in (app.name or ""):
                app.clearCache()
                found += nodes(app)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
