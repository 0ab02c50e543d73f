"""The box that opens and closes the encrypted columns. Only a process with the staff private key can have one."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from intake.sealing.fields import FieldBox, Place


class Encrypted(Enum):
    """The encrypted columns, as (table, column)."""

    SUMMARY = ("cases", "summary")
    CONTACT = ("cases", "contact")
    ANSWERS = ("cases", "answers")
    DETAIL = ("case_events", "detail")
    THIRD_PARTY = ("third_party", "content")
    LETTER = ("letters", "content")
    TOTP_SECRET = ("users", "totp_secret")
    GROUND_WORDS = ("grounds", "words")
    ERRAND_ASKED = ("errands", "asked")
    ERRAND_ANSWERED = ("errands", "answered")
    VIEW_NAME = ("saved_views", "name")
    ALARM_NOTE = ("alarms", "note")
    AUDIT_STATE = ("audit_chain", "state")
    REVIEW_NOTE = ("audit_review_items", "note")


@dataclass(frozen=True)
class Box:
    """Turns what JSON can say into ciphertext for one column of one row, and back."""

    fields: FieldBox

    def close(self, column: Encrypted, row: str, content: object) -> bytes:
        """Encrypt `content` for the `column` of the row with the id `row`."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return self.fields.close(Place(*column.value, row), text.encode())

    def open(self, column: Encrypted, row: str, ciphertext: bytes) -> Any:  # noqa: ANN401  # whatever JSON said
        """Decrypt what was closed for this place; raise SealError if it was changed or belongs elsewhere."""
        return json.loads(self.fields.open(Place(*column.value, row), ciphertext))
