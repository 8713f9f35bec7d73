"""How often scenes drawn by lot show what, and what they leave out because it could not be seen.

Shares, not probabilities; words that are missing weigh 1. What is usual is frequent, so that a small model meets
each place, time and action often enough under the plainest camera.
"""

from __future__ import annotations

from typing import TypeAlias

Shares: TypeAlias = dict[str, float]

SIZES: Shares = {"extreme wide shot": 16, "wide shot": 36, "medium shot": 26, "close-up": 22}
MOVES: Shares = {"static": 6.5}
WEATHERS: Shares = {"clear": 45, "rain": 19, "snow": 18, "fog": 18}
ANGLES: Shares = {"eye level": 62, "high angle": 19, "low angle": 19}
OVER_THE_SHOULDER = 0.22  # of the scenes in which two people can stand so
PEOPLE = (0.10, 0.55, 0.35)  # nobody, one, two
THING = 0.18
HUGGING = 0.10  # of two people

KINDS: Shares = {"woman": 40, "man": 40, "girl": 10, "boy": 10}
DRIVERS: Shares = {"girl": 0, "boy": 0}
BUILDS: Shares = {"average": 60, "tall": 10, "short": 10, "heavy": 10, "slim": 10}
STYLES: Shares = {"usual": 65, "long": 8, "short": 9, "curly": 9, "tied": 9}
MENS_GARMENTS: Shares = {"dress": 0.15}
DEPTHS: Shares = {"middle": 75, "near": 12, "far": 13}
HAT = 0.28
GLASSES = 0.15
HOOD_UP = 0.65
SCARF = 0.25
ACTIONS: Shares = {
    "standing": 15,
    "walking": 16,
    "running": 10,
    "sitting": 8,
    "waving": 6,
    "pointing": 5,
    "talking": 5,
    "kneeling": 4,
    "jumping": 4,
    "dancing": 4,
    "drinking": 4,
    "reading": 4,
    "phoning": 4,
    "carrying a box": 4,
    "lying": 4,
    "opening a door": 4,
    "driving": 4,
    "hugging": 0,  # takes two: see HUGGING
}
# Too small to be seen there, or outside the frame.
UNSEEN_ACTIONS = {
    "extreme wide shot": ("drinking", "reading", "phoning", "talking"),
    "close-up": ("kneeling", "jumping", "dancing", "carrying a box", "lying", "opening a door"),
}
ACTIONS_ALONE = ("driving",)  # a car leaves no room for a second person
# Turned so that what they do with their hands, or where they go, is in sight.
FACINGS_OF = {
    "lying": ("left", "right"),
    "opening a door": ("left", "right"),
    "driving": ("left", "right"),
    "pointing": ("left", "right", "us"),
    "talking": ("left", "right", "us"),
    "drinking": ("left", "right", "us"),
    "reading": ("left", "right", "us"),
    "phoning": ("left", "right", "us"),
    "carrying a box": ("left", "right", "us"),
}
ROADS = ("street", "desert", "mountains", "beach", "pier", "station")
ACTION_PLACES = {"driving": ROADS}

OUTDOORS = ("pier", "ferry deck", "street", "forest", "beach", "desert", "rooftop", "station", "mountains")
THING_PLACES = {
    "horse": ("street", "forest", "beach", "desert", "mountains", "pier"),
    "bird": OUTDOORS,
    "car": ROADS,
    "bus": ("street", "desert", "mountains", "station"),
    "bicycle": ("street", "station", "pier", "beach", "forest", "mountains", "desert"),
    "boat": ("pier", "ferry deck", "beach"),
}
"""Animals and vehicles that do not go everywhere."""
