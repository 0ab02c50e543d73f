"""Sending what is in the outbox: one letter to each who is told something, tried again with growing patience.

A notice is taken before it is sent, for some minutes and by one worker; whoever is killed in between leaves it to be
taken again. What cannot be delivered becomes an alarm of its own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake import clock
from intake.monitoring import MailServer
from intake.records.queries import alarms, notices
from intake.records.queries.notices import Recipient, Taken
from intake.watch import Watch
from intake.watch.letters import letter
from intake.watch.post import Handed, hand_over

TAKEN_FOR = timedelta(minutes=5)
LONGEST_DELAY = 60
GIVEN_UP_AFTER = timedelta(days=1)
ALARMING_ATTEMPTS = 5
"""About a quarter of an hour in which the mail server was not there."""


def deliver(watch: Watch) -> int:
    """Send what is due; return how many letters were handed over. Stops where there is nobody to hand them to."""
    server = watch.settings.monitoring.mail
    if server is None:
        return 0
    with watch.database.session() as session:
        waiting = notices.due(session, clock.now())
    sent = 0
    for recipient in waiting:
        handed = _send_to(watch, server, recipient)
        sent += handed == "sent"
        if handed == "away":
            break
    return sent


def _send_to(watch: Watch, server: MailServer, to: Recipient) -> Handed | None:
    """Take what is due to somebody and send it; None when there was nothing to send after all."""
    now = clock.now()
    with watch.database.writing() as session:
        taken = notices.take(session, to.id, now, now + TAKEN_FOR)
        lines = _still_true(session, taken)
        notices.settle(session, [each.id for each in taken if each not in lines], "withdrawn")
        session.commit()
    if not lines:
        return None
    handed: Handed = hand_over(server, letter(watch, to, lines, now)) if to.email else "refused"
    with watch.database.writing() as session:
        _conclude(session, to, lines, handed)
        session.commit()
    return handed


def _still_true(session: Session, taken: Sequence[Taken]) -> list[Taken]:
    """The notices whose alarms are still there: somebody may have acted while the mail server was away."""
    loud = {(each.unit, "urgent" if each.urgent else "waiting") for each in alarms.loud_units(session)}
    if alarms.latest_technical(session):
        loud.add((notices.EVERYWHERE, "technical"))
    return [each for each in taken if (each.unit, each.kind) in loud]


def _conclude(session: Session, to: Recipient, lines: Sequence[Taken], handed: Handed) -> None:
    """Settle what was sent or never will be, try the rest again later, and let nobody overlook a failure."""
    ids, now = [each.id for each in lines], clock.now()
    oldest, attempts = min(each.created_at for each in lines), max(each.attempts for each in lines)
    if handed != "away":
        alarms.clear(session, alarms.MAIL_SERVER)
    elif attempts >= ALARMING_ATTEMPTS:
        alarms.raise_alarms(session, [alarms.NewAlarm(alarms.MAIL_SERVER, "", oldest)])
    if handed == "sent":
        notices.settle(session, ids, "sent")
        alarms.clear(session, alarms.UNDELIVERED, to.id)
    elif handed == "refused" or now - oldest > GIVEN_UP_AFTER:
        notices.settle(session, ids, "refused" if handed == "refused" else "given_up")
        alarms.raise_again(session, alarms.NewAlarm(alarms.UNDELIVERED, to.id, oldest, detail=handed))
    else:
        _postpone(session, lines, now)


def _postpone(session: Session, lines: Sequence[Taken], now: datetime) -> None:
    for each in lines:
        minutes = min(LONGEST_DELAY, 2 ** min(each.attempts - 1, 10))
        notices.postpone(session, each.id, now + timedelta(minutes=minutes))
