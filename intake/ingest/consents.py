"""What a person agreed to in the form, into the ledger; and with it the case in front of the colleagues they named."""

from sqlalchemy.orm import Session

from intake.ingest.payload import Payload
from intake.records.box import Box
from intake.records.models import Case
from intake.records.queries import grounds

COLLEAGUE = "colleague"


def keep_consents(session: Session, box: Box, case: Case, payload: Payload) -> None:
    """Write every consent down as it was given; staff of a named principal in this very unit have the case at once."""
    for given in payload.consents:
        consent = grounds.Consent(
            principal=given["principal"],
            unit=given["unit"],
            purpose=given["purpose"],
            channel="form",
            language=payload.language,
            wording=given["wording"],
            words=given["words"],
            code=given["code"],
        )
        ground = grounds.record_consent(session, box, case.id, consent, case.received_at)
        if given["unit"] == case.unit and given["principal"] != case.principal:
            grounds.give_place(session, case.id, (case.unit, given["principal"]), COLLEAGUE, ground)
