"""The window used as a person would: a real screen, a real mouse and keyboard, and what a screen reader sees.

Not part of the plain test run: `python -m tests.desktop` needs Xvfb, openbox, xdotool and the AT-SPI packages of the
system (`make walk` names them where they are missing).
"""
