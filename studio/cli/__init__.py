"""The command line: reads the words, calls the same door as the window, and says how it went.

Exit status 0: done. 1: it failed, or a value cannot be used; one sentence and a way out stand on standard error.
2: a wrong call, such as an unknown command or option, or a missing argument.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Sequence

import click

from model_runtime import safe_files
from studio import log
from studio.cli.root import shotwright
from studio.errors import StudioError

DONE, FAILED, WRONG_CALL = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; returns the exit status. Never raises, except for SystemExit from a library."""
    log.start()
    try:
        return _status(arguments)
    finally:
        log.stop()


def _status(arguments: Sequence[str]) -> int:
    try:
        result = shotwright.main(list(arguments), prog_name="shotwright", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except StudioError as error:
        return _failed(error.sentence, error.hint)
    except safe_files.NoSpace as error:
        return _failed(error.sentence, "Free some space on that disk, then run the command again.")
    except click.BadParameter as error:
        return _bad_parameter(error)
    except click.UsageError as error:
        return _wrong_call(error)
    except (click.Abort, KeyboardInterrupt):
        return _failed("Stopped by Ctrl+C.", "What was finished before is kept.")
    except BrokenPipeError:
        return _nobody_listens()
    except OSError as error:
        return _failed(*_of_the_system(error))
    except Exception as error:  # noqa: BLE001 - the last resort, which writes the crash file
        return _crashed(error)


def _failed(sentence: str, hint: str = "") -> int:
    say_error(sentence, hint)
    return FAILED


def say_error(sentence: str, hint: str = "") -> None:
    logging.getLogger("shotwright.cli").info("said: %s %s", sentence, hint)
    for line in filter(None, (sentence, hint)):
        click.echo(line, err=True)


def _bad_parameter(error: click.BadParameter) -> int:
    """A missing argument is a wrong call; a value that cannot be used is not."""
    if isinstance(error, click.MissingParameter):
        return _wrong_call(error)
    return _failed(error.format_message(), _help_of(error))


def _wrong_call(error: click.UsageError) -> int:
    say_error(error.format_message(), _help_of(error))
    return WRONG_CALL


def _help_of(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "shotwright"
    return f"See {command} --help."


def _of_the_system(error: OSError) -> tuple[str, str]:
    what = (error.strerror or str(error)).lower()
    if error.filename is None:
        return f"The system said no: {what}.", "Try again; if it stays, shotwright doctor shows what is missing."
    return f"{error.filename} cannot be used: {what}.", "See whether it is there and whether you may read and write it."


def _nobody_listens() -> int:
    """The reader of our output went away, as `| head` does. Nothing more can be said on that stream."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _crashed(error: Exception) -> int:
    logging.getLogger("shotwright.cli").exception("unexpected")
    path = log.write_crash(error)
    hint = f"What is needed to mend it was written to {path}." if path else ""
    return _failed(f"Something went wrong inside Shotwright ({type(error).__name__}: {error}).", hint)
