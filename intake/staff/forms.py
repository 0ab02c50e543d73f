"""What staff pages are sent. The guard has checked the CSRF token before any of these is read."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from intake.staff.joining import Wish
from intake.staff.moves import Step

LONGEST_NOTE = 4000
LONGEST_NUMBER = 10


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _version(text: str | None) -> int:
    """A version as a form sends it; what is no number is no version of any case."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < LONGEST_NUMBER else 0


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form of the staff side."""

    class Meta:
        """No token of its own: see above."""

        csrf = False


class SignInForm(StaffForm):
    """A name and a password."""

    username = StringField(validators=[InputRequired(), Length(max=64)], filters=[_tidy])
    password = PasswordField(validators=[InputRequired(), Length(max=256)])


class CodeForm(StaffForm):
    """A code from the authenticator, or a recovery code."""

    code = StringField(validators=[InputRequired(), Length(max=40)])


class MoveForm(StaffForm):
    """A move, the version of the case it was made on, and what goes with it."""

    move = StringField()
    version = StringField()
    choice = StringField()
    note = StringField(filters=[_tidy])

    def step(self) -> Step:
        """What was asked for."""
        return Step(
            code=self.move.data or "",
            version=_version(self.version.data),
            choice=self.choice.data or "",
            note=(self.note.data or "")[:LONGEST_NOTE],
        )


class JoinForm(StaffForm):
    """Another case, how to make the two one, the versions of both, and what goes with it."""

    other = StringField()
    way = StringField()
    version = StringField()
    other_version = StringField()
    note = StringField(filters=[_tidy])

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(
            way=self.way.data or "",
            version=_version(self.version.data),
            other_version=_version(self.other_version.data),
            note=(self.note.data or "")[:LONGEST_NOTE],
        )


class NoteForm(StaffForm):
    """A note."""

    note = StringField(validators=[DataRequired(), Length(max=LONGEST_NOTE)], filters=[_tidy])
