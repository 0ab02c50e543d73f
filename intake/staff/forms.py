"""What staff pages are sent. The guard has checked the CSRF token before any of these is read."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp, ValidationError

from intake.staff.joining import Wish
from intake.staff.letters import Written
from intake.staff.moves import Step
from intake.staff.third_party import REASONS

LONGEST_NOTE = 4000
LONGEST_LETTER = 2000
LONGEST_NUMBER = 10


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _shortened(text: str) -> str:
    return text[:LONGEST_NOTE]


def _number(text: str | None) -> int:
    """A small whole number; 0 for anything else."""
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < LONGEST_NUMBER else 0


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
    unit = StringField()
    note = StringField(filters=[_tidy])

    def step(self) -> Step:
        """What was asked for; a version that is no number is no version of any case."""
        return Step(
            code=self.move.data or "",
            version=_number(self.version.data),
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
            version=_number(self.version.data),
            other_version=_number(self.other_version.data),
            note=(self.note.data or "")[:LONGEST_NOTE],
        )


class RemovalForm(StaffForm):
    """The reason for which what is told about somebody else is removed."""

    reason = StringField(validators=[AnyOf(REASONS)])


class NoteForm(StaffForm):
    """A note."""

    note = StringField(validators=[DataRequired(), Length(max=LONGEST_NOTE)], filters=[_tidy])


class ErrandForm(StaffForm):
    """An errand to be made (`kind`, perhaps `unit`), or the `answer` that ends one; with a note."""

    kind = StringField()
    unit = StringField()
    answer = StringField()
    note = StringField(filters=[_tidy, _shortened])


class ConsentForm(StaffForm):
    """What somebody agreed to: for what, how they said it, and that they did."""

    purpose = StringField()
    channel = StringField()
    said_yes = StringField()


class LawForm(StaffForm):
    """Another ground than consent: for what, which reason, and why in words."""

    purpose = StringField()
    reason = StringField()
    note = StringField(filters=[_tidy, _shortened])


class LetterForm(StaffForm):
    """A letter to the person, and the number of the last letter that stood on the page it was written on."""

    letter = StringField(validators=[DataRequired(), Length(max=LONGEST_LETTER)], filters=[_tidy])
    nonce = StringField(validators=[Length(max=64)])
    number = StringField()

    def up_to(self) -> int:
        """The last letter whoever sent this has seen."""
        return _number(self.number.data)

    def written(self) -> Written:
        """What was written."""
        return Written(self.letter.data, self.nonce.data or "", self.up_to())


VERDICTS = ("fine", "look")
"""What an auditor can find of what was drawn: nothing to remark, or something to be looked into."""


class MarkForm(StaffForm):
    """What an auditor found of one thing drawn; what is to be looked into says why."""

    number = StringField(validators=[Regexp(r"[1-9][0-9]{0,3}\Z")])
    verdict = StringField(validators=[AnyOf(VERDICTS)])
    note = StringField(validators=[Length(max=LONGEST_NOTE)], filters=[_tidy])

    def place(self) -> int:
        """The number of the thing drawn; what is no number is the number of none."""
        return _number(self.number.data)

    def validate_note(self, note: StringField) -> None:
        """Ask for a reason where something is to be looked into."""
        if self.verdict.data == "look" and not note.data:
            raise ValidationError
