"""The tables of working together: who may read a case and on what ground, what units ask of each other, where it went.

`places` decides who has a case in front of them, and the database itself guards it (see the migrations): a place other
than the owner's needs a ground for it that names its principal, a ground that ends takes its places with it, and
neither a case nor an errand goes to another unit without one. Code of ours that is wrong cannot walk around it.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table


class Place(Table):
    """A unit, and there the staff of one principal, that has a case in front of it: the rows of every queue.

    `part` is `owner` for the unit that has the case, `colleague` for staff of another principal in that same unit, and
    the code of an errand for a unit that was asked. Everything from `reference` on is the case's own and kept alike by
    the database; the indexes are the orders of the queue.
    """

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("part IN ('owner', 'colleague', 'handover', 'consult', 'parallel')", name="part"),
        CheckConstraint("(part = 'owner') = (ground_id IS NULL)", name="others_have_a_ground"),
        Index("ix_places_by_priority", "unit", "principal", "state", "priority", "received_at", "case_id", "part"),
        Index("ix_places_by_received", "unit", "principal", "state", "received_at", "case_id", "part"),
        Index("ix_places_by_waiting", "unit", "principal", "state", "state_at", "case_id", "part"),
        Index("ix_places_by_since", "unit", "state", "priority", "state_at", "case_id"),
        Index("ix_places_by_tried", "unit", "state", "priority", "tried_at", "untried_since", "case_id"),
        Index("ix_places_by_reference", "unit", "principal", "state", "reference", "case_id", "part"),
        Index(
            "ix_places_by_language",
            "unit",
            "principal",
            "state",
            "language",
            "priority",
            "received_at",
            "case_id",
            "part",
        ),
        Index("ix_places_by_door", "unit", "principal", "state", "door", "priority", "received_at", "case_id", "part"),
        Index(
            "ix_places_by_claimed",
            "claimed_by",
            "unit",
            "principal",
            "state",
            "priority",
            "received_at",
            "case_id",
            "part",
        ),
        Index("ix_places_ground", "ground_id"),
        Index(
            "ux_places_owner",
            "case_id",
            unique=True,
            sqlite_where=text("part = 'owner'"),
            postgresql_where=text("part = 'owner'"),
        ),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    principal: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    ground_id: Mapped[str | None] = mapped_column(ForeignKey("grounds.id", ondelete="RESTRICT"))
    reference: Mapped[str]
    state: Mapped[str]
    state_at: Mapped[datetime]
    priority: Mapped[int]
    received_at: Mapped[datetime]
    language: Mapped[str]
    door: Mapped[str]
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    untried_since: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]


class Ground(Table):
    """Why somebody else may read a case: the person's consent, or another ground that the law gives.

    It names the principal, and the unit where it is for one alone; `code` is the box of the form it was given with,
    where it was. Consent keeps which words it was given to: `wording`
    is their digest, `words` the words themselves. Another ground needs a `reason` code and holds only once a second
    person has approved it. A ground is never changed, only ended, and never begins again.
    """

    __tablename__ = "grounds"
    __table_args__ = (
        CheckConstraint("kind IN ('consent', 'law')", name="kind"),
        CheckConstraint("purpose IN ('care', 'support', 'consult')", name="purpose"),
        CheckConstraint("channel IN ('form', 'code', 'phone', 'meeting', 'letter')", name="channel"),
        CheckConstraint("(kind = 'law') = (reason IS NOT NULL)", name="law_has_a_reason"),
        CheckConstraint("(kind = 'consent') = (wording IS NOT NULL)", name="consent_has_words"),
        CheckConstraint("kind = 'consent' OR recorded_by IS NOT NULL", name="law_is_recorded_by_somebody"),
        CheckConstraint("approved_by IS NULL OR approved_by <> recorded_by", name="second_person"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
        Index("ix_grounds_case_id", "case_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str]
    purpose: Mapped[str]
    principal: Mapped[str]
    unit: Mapped[str | None]
    code: Mapped[str | None]
    channel: Mapped[str]
    language: Mapped[str]
    wording: Mapped[str | None]
    words: Mapped[bytes | None]
    reason: Mapped[str | None]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    given_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    approved_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    ended_at: Mapped[datetime | None]


class ErrandRow(Table):
    """Something one unit asked of another: see triage.errands. `receiver` is a fixed code where it went to no unit.

    `answer` is empty while it is open. `asked` and `answered` are ciphertext: what was written with it.
    """

    __tablename__ = "errands"
    __table_args__ = (
        CheckConstraint("(unit IS NULL) <> (receiver IS NULL)", name="one_receiver"),
        CheckConstraint("(answer IS NULL) = (ended_at IS NULL)", name="ended"),
        CheckConstraint(
            "kind NOT IN ('handover', 'consult', 'parallel') OR ground_id IS NOT NULL", name="shared_on_a_ground"
        ),
        Index("ix_errands_case_id", "case_id", "made_at"),
        Index("ix_errands_open", "kind", "answer", "unit", "made_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str]
    from_unit: Mapped[str]
    unit: Mapped[str | None]
    principal: Mapped[str | None]
    receiver: Mapped[str | None]
    ground_id: Mapped[str | None] = mapped_column(ForeignKey("grounds.id", ondelete="RESTRICT"))
    made_by: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    made_at: Mapped[datetime]
    asked: Mapped[bytes | None]
    answer: Mapped[str | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    ended_at: Mapped[datetime | None]
    answered: Mapped[bytes | None]


class Routing(Table):
    """A decision where a case belongs: what was suggested, by which rule, what was chosen, and why otherwise."""

    __tablename__ = "routings"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    rule: Mapped[str]
    suggested: Mapped[str]
    chosen: Mapped[str]
    reason: Mapped[str]
