"""What staff pages are sent. The guard has checked the CSRF token before any of these is read."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from intake.staff.moves import Step
from intake.staff.third_party import REASONS

LONGEST_NOTE = 4000
LONGEST_NUMBER = 10


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


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
        """What was asked for; a version that is no number is no version of any case."""
        version = self.version.data or ""
        return Step(
            code=self.move.data or "",
            version=int(version) if version.isascii() and version.isdigit() and len(version) < LONGEST_NUMBER else 0,
            choice=self.choice.data or "",
            note=(self.note.data or "")[:LONGEST_NOTE],
        )


class RemovalForm(StaffForm):
    """The reason for which what is told about somebody else is removed."""

    reason = StringField(validators=[AnyOf(REASONS)])


class NoteForm(StaffForm):
    """A note."""

    note = StringField(validators=[DataRequired(), Length(max=LONGEST_NOTE)], filters=[_tidy])
