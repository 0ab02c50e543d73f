"""A demonstration to try the service with: colleagues who can sign in, and requests in every state.

Everything goes the way real requests go: answers are walked, scored, routed, sealed and put in the inbox, opened into
cases, and moved by staff through the triage table. Only when each thing happened is told otherwise afterwards.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from intake import clock, create_app
from intake.config import Settings
from intake.demonstration import sign_in
from intake.demonstration.cast import Cast, Colleague, read_cast
from intake.demonstration.play import Colleagues, Stage, draft_id, send, work
from intake.demonstration.sign_in import SignIn
from intake.i18n import SOURCE
from intake.ingest import Keyring, open_everything, prepare
from intake.records.queries import accounts, installation
from intake.staff.account import Account
from intake.staff.identity import enrol
from intake.staff.passwords import hash_password
from intake.triage import Role
from intake.web import Parts

SENT, DONE = "sent", "done"
"""How far the loading came: whoever is interrupted goes on from there the next time."""


def load_demonstration(settings: Settings) -> Iterator[str]:
    """Load the demonstration into an empty database and tell how to sign in; touch no other database.

    In an installation that holds the demonstration already, only tell how to sign in. Raises SettingsError without
    the private key, or when the file with the sign-in is gone.
    """
    parts: Parts = create_app(replace(settings, demonstration=True)).extensions["intake"]
    try:
        keyring, path = prepare(parts.database, settings), sign_in.file_in(settings.home)
        cast = read_cast(settings.content / "questionnaires", parts.library)
        if not _begin(parts, cast, keyring):
            yield "intake: there are requests or accounts here already, so no demonstration is loaded"
            return
        _carry_on(parts, cast, keyring)
        yield f"intake: a demonstration with {len(cast.people)} synthetic requests; {path} keeps how to sign in:"
        names = [colleague.username for colleague in cast.colleagues]
        yield from sign_in.told(sign_in.kept(path), settings.base_url, names, clock.now())
    finally:
        parts.database.close()


def _begin(parts: Parts, cast: Cast, keyring: Keyring) -> bool:
    """Make the accounts and send the requests, all or nothing; False where this is no place for a demonstration."""
    with parts.database.writing() as session:
        if installation.is_demonstration(session):
            return True
        if not installation.is_empty(session) or accounts.users(session):
            return False
        chosen = sign_in.new_sign_in(cast.words)
        for colleague in cast.colleagues:
            _hire(session, keyring, colleague, chosen)
        for number, person in enumerate(cast.people):
            send(session, parts, person, number)
        installation.note_fact(session, installation.DEMONSTRATION, SENT)
        sign_in.keep(sign_in.file_in(parts.settings.home), chosen)
        session.commit()
    return True


def _carry_on(parts: Parts, cast: Cast, keyring: Keyring) -> None:
    """Open what was sent and let staff work on it, unless that was done before."""
    with parts.database.session() as session:
        if installation.fact(session, installation.DEMONSTRATION) == DONE:
            return
    open_everything(parts.database, keyring)
    with parts.database.writing() as session:
        stage = Stage(keyring.box, _colleagues(session), parts.directory)
        for number, person in enumerate(cast.people):
            work(session, stage, person, draft_id(parts, number))
        installation.note_fact(session, installation.DEMONSTRATION, DONE)
        session.commit()


def _hire(session: Session, keyring: Keyring, colleague: Colleague, chosen: SignIn) -> None:
    new = accounts.NewUser(
        username=colleague.username,
        name=colleague.name,
        password_hash=hash_password(chosen.password),
        role=colleague.role,
        language=SOURCE,
        units=colleague.units,
        principal=colleague.principal,
    )
    enrol(session, keyring.box, accounts.add_user(session, new).id, chosen.secret)


def _colleagues(session: Session) -> Colleagues:
    """Everybody as the staff pages would know them, signed in."""
    return {
        (Role(user.role), user.principal): Account(
            id=user.id,
            username=user.username,
            name=user.name,
            role=Role(user.role),
            principal=user.principal,
            units=accounts.units_of(session, user.id),
            language=user.language,
            enrolled=True,
            stage="full",
            sign_in="",
        )
        for user in accounts.users(session)
    }
