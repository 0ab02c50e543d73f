"""Small things that templates say in many places: a time, a wait, the name of a language or of a sum."""

from datetime import datetime, timedelta

from babel import Locale
from flask import g
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from intake import clock
from intake.web import parts

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def waited(since: datetime) -> str:
    """The time from `since` until now: hours for two days, then days."""
    passed = clock.now() - since
    if passed < HOUR:
        return str(_("queue.under_an_hour"))
    if passed < 2 * DAY:
        return str(ngettext("queue.hours", "queue.hours", passed // HOUR, n=passed // HOUR))
    return str(ngettext("queue.days", "queue.days", passed // DAY, n=passed // DAY))


def moment(at: datetime) -> str:
    """An instant as a clock on the wall here showed it."""
    return str(format_datetime(at, "d MMM y, HH:mm"))


def day(at: datetime) -> str:
    """The day of an instant, as a calendar on the wall here showed it."""
    return str(format_datetime(at, "d MMM y"))


def iso_day(at: datetime) -> str:
    """The same day as a form's field for a date writes it."""
    return str(format_datetime(at, "yyyy-MM-dd"))


def language_name(tag: str) -> str:
    """A language in the language of the page, else by its own name, else the tag itself."""
    offered = parts().catalogs.languages.get(tag)
    known = Locale.parse(g.language, sep="-").languages
    return str(known.get(tag.replace("-", "_")) or (offered.name if offered else tag))
