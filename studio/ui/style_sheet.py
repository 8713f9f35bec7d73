"""The one style sheet of the window, written in tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

SHEET = Template("""
QWidget { color: ${grey_5}; }
QMainWindow, QMainWindow#docks { background: ${grey_0}; }
QMainWindow::separator { background: ${grey_0}; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: ${grey_3}; }
QSplitter::handle { background: ${grey_0}; }
QToolTip { background: ${grey_2}; color: ${grey_5}; border: 1px solid ${grey_3}; padding: 4px 8px; }

QWidget#panel, QWidget#dock_header, QWidget#top_bar, QWidget#foot { background: ${grey_1}; }
QWidget#clear { background: transparent; }
QWidget#well { background: ${grey_0}; }
QToolBar { background: ${grey_1}; border: 0; padding: 0; spacing: 0; margin: 0; }
QDockWidget { background: ${grey_1}; border: 0; }
QFrame#raised { background: ${grey_2}; border-radius: ${control}px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="second"] { color: ${grey_4}; }
QLabel[role="label"] { color: ${grey_4}; font-size: 11px; }
QLabel[role="micro"] { color: ${grey_4}; font-size: 11px; }
QLabel[role="lead"] { font-size: 13px; font-weight: 600; }
QLabel[role="sheet"] { font-size: 16px; font-weight: 600; }
QLabel[role="section"] { color: ${grey_4}; font-size: 11px; font-weight: 600; padding: 12px 0 0 0; }
QLabel[role="hero"] { font-size: 28px; font-weight: 600; }
QLabel[role="tagline"] { font-size: 13px; color: ${grey_4}; }
QLabel[role="head"] { font-size: 15px; font-weight: 600; }
QLabel[role="bad"] { color: ${bad}; }
QLabel[role="refusal"] { color: ${warn}; background: ${warn_quiet}; border-radius: ${control}px; padding: 8px 12px; }
QLabel[role="warn"] { color: ${warn}; font-size: 11px; }
QLabel[role="prompt"] { font-size: 13px; color: ${grey_5}; }

QMenuBar { background: transparent; spacing: 0; }
QMenuBar::item { background: transparent; padding: 6px 10px; border-radius: ${control}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: ${grey_2}; }
QMenu { background: ${grey_2}; border: 1px solid ${grey_3}; border-radius: ${float}px; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: ${control}px; }
QMenu::item:selected { background: ${grey_3}; }
QMenu::item:disabled { color: rgba(236, 238, 241, 45%); }
QMenu::separator { height: 1px; background: ${grey_3}; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 12px; height: 12px; margin-left: 8px; }
QMenu::indicator:checked { image: url("${icons}/../theme/menu-check.svg"); }

QPushButton { background: ${grey_3}; border: 0; border-radius: ${control}px; padding: 0 12px;
    min-height: 28px; font-weight: 500; }
QPushButton:hover { background: ${control_hover}; }
QPushButton:pressed { background: ${grey_2}; }
QPushButton:disabled { color: rgba(236, 238, 241, 45%); background: ${grey_2}; }
QPushButton:focus { outline: 0; border: 2px solid ${accent}; }
QPushButton[kind="main"] { background: ${accent}; color: ${on_accent}; font-weight: 600; min-height: 36px; }
QPushButton[kind="main"]:hover { background: ${accent_hover}; }
QPushButton[kind="main"]:pressed { background: ${accent_pressed}; }
QPushButton[kind="main"]:disabled { background: ${grey_3}; color: rgba(236, 238, 241, 45%); }
QPushButton[kind="main"]:focus { border: 2px solid ${grey_5}; }
QPushButton[kind="large"] { min-height: 36px; font-weight: 600; }
QPushButton[kind="outline"] { background: transparent; border: 1px solid ${grey_3}; }
QPushButton[kind="outline"]:hover { background: ${grey_2}; }
QPushButton[kind="outline_small"] { background: transparent; border: 1px solid ${grey_3}; min-height: 18px;
    padding: 0 6px; font-size: 11px; color: ${grey_4}; font-weight: 400; }
QPushButton[kind="outline_small"]:hover { background: ${grey_2}; color: ${grey_5}; }
QPushButton[kind="outline_small"]:focus { border: 2px solid ${accent}; }
QPushButton[kind="outline"]:focus { border: 2px solid ${accent}; }
QPushButton[kind="quiet"] { background: transparent; color: ${grey_4}; padding: 0 8px; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: ${grey_2}; color: ${grey_5}; }
QPushButton[kind="hint"] {
    background: transparent; color: ${grey_4}; padding: 0 3px; min-height: 24px; font-weight: 400;
}
QPushButton[kind="hint"]:hover { background: ${grey_2}; }
QPushButton[kind="small"] { min-height: 24px; padding: 0 8px; }
QPushButton[kind="link"] { background: transparent; color: ${accent}; padding: 0; min-height: 20px; text-align: left; }
QPushButton[kind="link"]:hover { color: ${accent_hover}; }

QPushButton[kind="clock"], QPushButton[kind="second_clock"] { background: transparent; padding: 0 4px;
    text-align: left; font-weight: 400; color: ${grey_4}; }
QPushButton[kind="clock"] { font-size: 13px; font-weight: 500; color: ${grey_5}; }
QPushButton[kind="clock"]:hover, QPushButton[kind="second_clock"]:hover { background: ${grey_2}; color: ${grey_5}; }

QToolButton { background: transparent; border: 0; border-radius: ${control}px; padding: 0; }
QToolButton:hover { background: ${grey_2}; }
QToolButton:pressed { background: ${grey_0}; }
QToolButton:checked { background: ${grey_3}; }
QToolButton:focus { border: 2px solid ${accent}; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="plate"] { background: ${grey_3}; }
QToolButton[kind="plate"]:hover { background: ${control_hover}; }
QToolButton[kind="choice"] { padding: 2px 4px; color: ${grey_4}; }
QToolButton[kind="choice"]:hover { color: ${grey_5}; }
QToolButton[kind="tile"] { border: 1px dashed ${grey_3}; color: ${grey_4}; }

QWidget#segments { background: ${grey_0}; border-radius: ${control}px; }
QPushButton[kind="segment"] { background: transparent; color: ${grey_4}; min-height: 22px; max-height: 22px;
    padding: 0 8px; border-radius: ${badge}px; }
QPushButton[kind="segment"]:hover { color: ${grey_5}; }
QPushButton[kind="segment"]:checked { background: ${grey_3}; color: ${grey_5}; }
QPushButton[kind="segment"]:focus { border: 2px solid ${accent}; padding: 0 6px; }
QPushButton[kind="segment"]:disabled { color: rgba(163, 170, 180, 45%); background: transparent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
    background: ${grey_0}; border: 1px solid ${grey_3}; border-radius: ${control}px; padding: 0 7px;
    selection-background-color: ${accent}; selection-color: ${on_accent};
}
QLineEdit, QSpinBox, QComboBox { min-height: 26px; max-height: 26px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid ${accent}; padding: 0 6px; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { min-height: 24px; max-height: 24px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
    color: rgba(236, 238, 241, 45%); }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {
    background: transparent; border: 0; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QPlainTextEdit, QTextEdit { font-size: 13px; padding: 5px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px; }
QTextEdit[role="prompt"] { background: transparent; border: 0; padding: 0; font-size: 13px; }
QTextEdit[role="prompt"]:focus { border: 0; padding: 0; }
QPlainTextEdit#action_editor { font-size: 11px; padding: 2px 1px; border: 2px solid ${accent}; }
QComboBox { padding-right: 0; }
QComboBox:focus { padding-right: 0; }
QComboBox::drop-down { border: 0; width: 18px; }
QComboBox::down-arrow { image: url("${icons}/../theme/arrow-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: ${grey_2}; border: 1px solid ${grey_3}; outline: 0; padding: 4px;
    selection-background-color: ${grey_3}; selection-color: ${grey_5}; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: ${badge}px; }
QComboBox QAbstractItemView::item:selected { background: ${grey_3}; color: ${grey_5}; }
QComboBox[kind="small"] { min-height: 22px; max-height: 22px; padding: 0 0 0 4px; }
QComboBox[kind="small"]:focus { min-height: 20px; max-height: 20px; padding: 0 0 0 3px; }
QComboBox[kind="small"]::drop-down { width: 14px; }

QAbstractItemView { background: ${grey_1}; border: 0; outline: 0; }
QListView#names { background: ${grey_2}; border: 1px solid ${grey_3}; padding: 4px; }
QListView#names::item { min-height: 24px; padding: 0 6px; }
QListView#names::item:selected { background: ${grey_3}; color: ${grey_5}; }
QListView#palette_list { background: transparent; }
QListView#palette_list::item { min-height: 28px; padding: 0 8px; border-radius: ${control}px; }
QListView#palette_list::item:selected { background: ${grey_3}; color: ${grey_5}; }
QListView#well_list { background: ${grey_0}; border: 1px solid ${grey_3}; border-radius: ${control}px; padding: 4px; }
QTreeView#shortcut_list { background: ${grey_0}; border: 1px solid ${grey_3}; border-radius: ${control}px; }
QTreeView#shortcut_list::item { min-height: 26px; padding: 0 8px; }
QTreeView#shortcut_list::item:selected { background: ${grey_3}; color: ${grey_5}; }
QHeaderView { background: ${grey_0}; border: 0; }
QHeaderView::section { background: ${grey_0}; color: ${grey_4}; border: 0; border-bottom: 1px solid ${grey_3};
    font-size: 11px; padding: 6px 8px; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; background: ${grey_3}; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: ${accent}; border-radius: 2px; }
QSlider::add-page:horizontal { height: 4px; background: ${grey_3}; border-radius: 2px; }
QSlider::handle:horizontal { background: ${grey_5}; width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; }
QSlider::handle:horizontal:focus { background: ${accent}; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget#panel { background: ${grey_1}; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: ${grey_3}; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: ${control_hover}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame#sheet { background: ${grey_2}; border: 1px solid ${grey_3}; border-radius: ${sheet}px; }
QWidget#sheet_foot { background: transparent; border-top: 1px solid ${grey_3}; }
QFrame#rule { background: ${grey_3}; border: 0; max-height: 1px; min-height: 1px; }
QFrame#upright { background: ${grey_3}; border: 0; max-width: 1px; min-width: 1px; }
QFrame#name_card { background: ${grey_2}; border: 1px solid ${grey_4}; border-radius: ${float}px; }
QFrame#well_card { background: ${grey_0}; border-radius: ${control}px; }
QFrame#chip { background: ${grey_2}; border-radius: ${control}px; }
QFrame#warn_line { background: ${warn_quiet}; border-radius: ${control}px; }
QFrame#failed_row { background: ${grey_1}; border: 0; border-left: 3px solid ${bad}; }
QFrame#queue_row { background: ${grey_1}; border: 0; border-left: 3px solid ${grey_1}; }
""")


def style_sheet(colours: Mapping[str, str], radii: Mapping[str, int], icons: Path) -> str:
    words = {name.replace("-", "_"): value for name, value in colours.items()}
    words |= {name.replace("-", "_"): str(value) for name, value in radii.items()}
    return SHEET.substitute(words, icons=icons.as_posix())
