"""What belongs together with a case: who it may be, what is inside it, what it is inside. Only what one may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.joining import Way, ways
from intake.records.joining_models import CaseLink
from intake.records.models import Case
from intake.records.queries import cases, joined, matches
from intake.records.queries.third_party import kept
from intake.staff import case_reading, third_party
from intake.staff.account import account
from intake.staff.case_reading import Contact, Happened, Told
from intake.staff.joining import side
from intake.staff.keys import box
from intake.staff.queue_lines import Summary, summary_of
from intake.staff.third_party import AboutAnother
from intake.staff.vocabulary import door_title
from intake.triage import State
from intake.web import db, parts

SHOWN = 5
"""Suggestions on a page. What even more cases share is a switchboard's number or a home's, and tells little."""


@dataclass(frozen=True)
class Suggestion:
    """A case that may be the same person's, and what the two share: `phone`, `email`, or nothing."""

    case: Case
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Inside:
    """A case inside this one, with what is known of it; contact and told are None where they cannot be shown.

    `another` is what it tells about somebody else, None where it tells nothing.
    """

    link: CaseLink
    case: Case
    contact: Contact | None
    told: Told | None
    another: AboutAnother | None


@dataclass(frozen=True)
class Around:
    """What this case is inside; `case` is None where the person who asks may not see it."""

    link: CaseLink
    case: Case | None


@dataclass(frozen=True)
class Kin:
    """Everything that belongs together with a case.

    `more` counts suggestions beyond those shown, `unseen` what is inside but in a clinic that is not this person's.
    """

    suggestions: tuple[Suggestion, ...]
    more: int
    inside: tuple[Inside, ...]
    unseen: int
    around: Around | None

    @property
    def shown(self) -> list[str]:
        """The ids of the other cases of which something is seen."""
        around = [self.around.case.id] if self.around and self.around.case else []
        return [each.case.id for each in self.suggestions] + [each.case.id for each in self.inside] + around


@dataclass(frozen=True)
class Beside:
    """A case as it stands beside another: as much as tells whether they are one person's."""

    case: Case
    door: str
    contact: Contact | None
    summary: Summary | None


@dataclass(frozen=True)
class Comparison:
    """Another case beside the one somebody looks at, and the ways to make the two one."""

    suggestion: Suggestion
    beside: Beside
    ways: tuple[Way, ...]


def visible(case_id: str) -> Case | None:
    """The case, if it is one this person may see: the one place where that is asked here."""
    return cases.case_at(db(), case_id, account().desk) if case_id.isalnum() else None


def kin_of(case: Case) -> Kin:
    """What belongs together with this case. What is inside another is no longer compared with others."""
    link, inside = joined.link_around(db(), case.id), joined.links_inside(db(), case.id)
    shown = tuple(_inside(each, found) for each in inside if (found := visible(each.inner_id)))
    suggested = [] if link else _suggestions(case)
    return Kin(
        suggestions=tuple(suggested[:SHOWN]),
        more=max(0, len(suggested) - SHOWN),
        inside=shown,
        unseen=len(inside) - len(shown),
        around=Around(link, visible(link.main_id)) if link else None,
    )


def beside(case: Case) -> Beside:
    """A case as it stands beside another."""
    return Beside(
        case=case,
        door=door_title(parts().library, case.door, account().language),
        contact=third_party.contact_of_person(parts(), box(), case, kept(db(), case.id)),
        summary=summary_of(parts().library, box(), case),
    )


def compare(case: Case, suggestion: Suggestion) -> Comparison:
    """Another case beside this one."""
    other = suggestion.case
    return Comparison(suggestion, beside(other), ways(side(db(), case), side(db(), other)))


def references(timeline: Iterable[Happened]) -> Mapping[str, str]:
    """The references of the other cases that a timeline is about, by id: of those alone that this person may see."""
    others = {each.other for each in timeline if each.other}
    return {other: found.reference for other in others if (found := visible(other))}


def _inside(link: CaseLink, case: Case) -> Inside:
    made, opened, apart = parts(), box(), kept(db(), case.id)
    return Inside(
        link=link,
        case=case,
        contact=case_reading.contact_of(made, opened, case),
        told=case_reading.told_by(made, opened, case, third_party.opened_part(opened, case, apart)),
        another=third_party.about_another(made, opened, case, apart),
    )


def _suggestions(case: Case) -> Sequence[Suggestion]:
    """The cases that can be reached in the same way, newest first; one inside another stands for that other."""
    found: dict[str, Suggestion] = {}
    for other, shares in matches.matches(db(), case.id).items():
        for seen in _standing_for(other):
            if seen.id != case.id:
                found.setdefault(seen.id, Suggestion(seen, shares))
    return sorted(found.values(), key=lambda each: each.case.received_at, reverse=True)


def _standing_for(case_id: str) -> Iterator[Case]:
    seen = visible(case_id)
    if seen is not None and seen.state == State.JOINED:
        link = joined.link_around(db(), case_id)
        seen = visible(link.main_id) if link else None
    if seen is not None:
        yield seen
