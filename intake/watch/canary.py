"""The canary: a request from nobody through the real form. Its arrival proves the whole way, and is told outside."""

import time
from contextlib import closing
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from intake import clock
from intake.errors import SettingsError
from intake.records.queries import alarms, heartbeats
from intake.sealing.canary import mark
from intake.watch import Watch
from intake.watch.form import FormClosed, Walk
from intake.watch.web import connection

TRIES = 3
BETWEEN_TRIES = 2.0
AGAIN_AFTER = timedelta(minutes=5)
"""When the form was closed, the next canary does not wait for its hour."""


def fly_when_due(watch: Watch) -> bool:
    """Let a canary go when its time has come and no other worker does; tell whether one was let go."""
    minutes = watch.settings.monitoring.canary_minutes
    if not minutes:
        return False
    every, now = timedelta(minutes=minutes), clock.now().replace(microsecond=0)
    with watch.database.writing() as session:
        ours = heartbeats.claim(session, heartbeats.CANARY_TRIED, now, every)
        session.commit()
    if ours and fly(watch, now):
        with watch.database.writing() as session:
            heartbeats.note(session, heartbeats.CANARY_TRIED, now - every + AGAIN_AFTER)
            session.commit()
    return ours


def fly(watch: Watch, now: datetime) -> str:
    """Let a canary go through the form now; return why it did not get through, empty when it did."""
    private_key = watch.settings.private_key
    if private_key is None:
        raise SettingsError("a canary is marked with the private key: let it go where the inbox is opened")
    with watch.database.writing() as session:
        _owe(session, now)
        session.commit()
    why = _walk(watch.settings.monitoring.canary_url, mark(private_key, now))
    with watch.database.writing() as session:
        if why:
            alarms.raise_alarms(session, [alarms.NewAlarm(alarms.FORM, "", now)])
        else:
            alarms.clear(session, alarms.FORM)
        session.commit()
    return why


def tell_outside(watch: Watch) -> None:
    """Tell the address outside that a canary arrived, once for each; when it cannot be told it is tried again."""
    url = watch.settings.monitoring.ping_url
    if not url:
        return
    with watch.database.session() as session:
        marks = heartbeats.heartbeats(session)
    arrived, told = marks.get(heartbeats.CANARY_ARRIVED), marks.get(heartbeats.PINGED)
    if arrived and (told is None or told < arrived) and _ping(url):
        with watch.database.writing() as session:
            heartbeats.note(session, heartbeats.PINGED, arrived)
            session.commit()


def _owe(session: Session, now: datetime) -> None:
    """From now on an arrival is owed, unless one is owed already."""
    marks = heartbeats.heartbeats(session)
    owed, arrived = marks.get(heartbeats.CANARY_OWED), marks.get(heartbeats.CANARY_ARRIVED)
    if owed is None or (arrived is not None and arrived >= owed):
        heartbeats.note(session, heartbeats.CANARY_OWED, now)


def _walk(site: str, address: str) -> str:
    """Go through the form; one that was restarted at this very moment is tried again."""
    why = ""
    for left in reversed(range(TRIES)):
        try:
            Walk(site).send(address)
        except FormClosed as error:
            why = str(error)
        else:
            return ""
        if left:
            time.sleep(BETWEEN_TRIES)
    return why


def _ping(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with closing(connection(url)) as there:
            there.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            return there.getresponse().status < HTTPStatus.MULTIPLE_CHOICES
    except (OSError, HTTPException):
        return False
