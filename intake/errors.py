"""The one small family of errors the domain raises; `edge.py` alone turns them into responses."""


class IntakeError(Exception):
    """Anything this project raises on purpose. Its text never holds what a person wrote."""


class DefinitionError(IntakeError):
    """A definition file is wrong; `place` is `folder/file.yaml: path` and `reason` says why, for its author."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class SettingsError(IntakeError):
    """A setting or key file is missing or wrong; the message names it and says what to do."""


class SealError(IntakeError):
    """A sealed or encrypted value cannot be opened: wrong key, wrong place, or changed."""


class WrongKey(SealError):
    """A sealed value was sealed to a key that is not here; with that key it could still be opened."""


class DraftTooLarge(IntakeError):
    """The answers no longer fit the cookie; nothing was stored and nothing was lost."""


class NotRecorded(IntakeError):
    """The audit log could not be written, so nothing is shown and nothing was changed."""


class NotFound(IntakeError):
    """There is no such thing for this person: never existed, removed, or not theirs to see."""


class Forbidden(IntakeError):
    """The signed-in person's role does not allow this."""


class Conflict(IntakeError):
    """Somebody else changed the case since it was read."""


class NotAllowedNow(IntakeError):
    """The move does not exist from the state the case is in, or lacks what it requires."""
