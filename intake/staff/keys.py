"""The keys of this process, taken out once, and what they open."""

from typing import cast

from flask import current_app

from intake.ingest import Keyring, open_inbox, open_letters, prepare
from intake.records.box import Box
from intake.web import parts

AT_ONCE = 20
"""Requests opened before a look at the queue: a few milliseconds, so that a pilot needs no worker."""


def keyring() -> Keyring:
    """The keyring, prepared when first asked for, so that a missing key closes the staff side and nothing else."""
    if "intake.keyring" not in current_app.extensions:
        current_app.extensions["intake.keyring"] = prepare(parts().database, parts().settings)
    return cast("Keyring", current_app.extensions["intake.keyring"])


def box() -> Box:
    """What opens and closes the encrypted columns."""
    return keyring().box


def open_arrivals() -> None:
    """Make cases of some of what has come in since anybody looked, and open letters to cases."""
    with parts().database.session() as records:
        open_inbox(records, keyring(), AT_ONCE)
        open_letters(records, keyring(), AT_ONCE)
