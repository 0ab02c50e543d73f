"""The bucket of tries that all processes share, as one row for each network and day. It keeps no address.

The key is a digest under a key of the day, so that nobody can tell from the table who came, or that somebody came
again. While the database is away everybody is let through: the pace of the process itself still holds.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app, request
from sqlalchemy.exc import SQLAlchemyError

from intake import clock
from intake.public.pace import BURST, SECONDS, network_of
from intake.records.database import Database
from intake.records.queries import throttles
from intake.web import parts

_STEP = timedelta(seconds=SECONDS)
_FORGOTTEN = timedelta(days=1)


def admitted() -> bool:
    """Count a try from where this request comes from, and tell whether it may go on."""
    address = request.remote_addr or ""
    if not current_app.extensions["intake.pace"].allows(address):
        return False
    now = clock.now()
    try:
        return _allows(parts().database, key_of(parts().settings.secret_key, address, now), now)
    except SQLAlchemyError as error:
        current_app.logger.error("tries could not be counted: %s", type(error).__name__)  # noqa: TRY400  # no values
        return True


def key_of(secret: bytes, address: str, now: datetime) -> str:
    """What the tries from the network of `address` are counted under today."""
    daily = hmac.digest(secret, f"receipt codes|{now.date().isoformat()}".encode(), hashlib.sha256)
    return hmac.new(daily, network_of(address).encode(), hashlib.sha256).hexdigest()[:32]


def _allows(database: Database, key: str, now: datetime) -> bool:
    """Take one try out of the bucket. The row says when it will be full again; a refused try changes nothing."""
    with database.writing() as records:
        throttles.count_failure(records, key, forget_before=now - _FORGOTTEN)  # holds the row until the commit
        known = throttles.throttle(records, key)
        full_again = max(now, (known.blocked_until if known else None) or now)
        if full_again - now > (BURST - 1) * _STEP:
            return False
        throttles.block(records, key, full_again + _STEP)
        records.commit()
    return True
