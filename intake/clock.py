"""The one place that asks what time it is. Every instant in this project is aware and in UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def this_hour() -> datetime:
    """The hour that is running, aware, in UTC: as much as is said in clear about when somebody wrote to us."""
    return now().replace(minute=0, second=0, microsecond=0)
