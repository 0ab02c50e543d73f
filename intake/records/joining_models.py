"""The tables of possible matches and of cases that were made one. Both hold a case to its principal.

The foreign keys name a case together with its principal: the database itself refuses to join two principals' cases.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table

_CASE = ["cases.id", "cases.principal"]


class ContactDigest(Table):
    """How a case's person can be reached, as a digest under a key of the principal's own; never the number itself."""

    __tablename__ = "contact_digests"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "principal"], _CASE, ondelete="CASCADE"),
        CheckConstraint("kind IN ('phone', 'email')", name="kind"),
        CheckConstraint("length(digest) = 32", name="digest_is_128_bits"),
        Index("ix_contact_digests_digest", "digest", "kind", "principal"),
    )

    case_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    principal: Mapped[str]


class CaseLink(Table):
    """One case inside another, until it is undone. What was true before is kept, so that undoing can restore it.

    `main_priority` is the main case's own, whatever is inside it. A main case cannot be deleted from around another.
    """

    __tablename__ = "case_links"
    __table_args__ = (
        ForeignKeyConstraint(["main_id", "principal"], _CASE, ondelete="RESTRICT"),
        ForeignKeyConstraint(["inner_id", "principal"], _CASE, ondelete="CASCADE"),
        CheckConstraint("kind IN ('merged', 'returned')", name="kind"),
        CheckConstraint("main_id <> inner_id", name="two_cases"),
        CheckConstraint("main_priority BETWEEN 1 AND 3", name="main_priority"),
        CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone_by_somebody"),
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        Index(
            "uq_case_links_inner_id",
            "inner_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_case_links_main_id", "main_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    principal: Mapped[str]
    main_id: Mapped[str]
    inner_id: Mapped[str]
    made_by: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    made_at: Mapped[datetime]
    inner_state: Mapped[str]
    inner_state_at: Mapped[datetime]
    main_state: Mapped[str]
    main_state_at: Mapped[datetime]
    main_holder: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    main_priority: Mapped[int]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    undone_at: Mapped[datetime | None]
