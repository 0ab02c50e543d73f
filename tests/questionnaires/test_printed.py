"""What stands on paper above questions that are not for everybody."""

from dataclasses import replace

import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.questionnaires.model import Page
from intake.questionnaires.printed import Block, Part, numbers, printed
from intake.rules import Facts, parse

LIBRARY = load(content_root() / "questionnaires")
QUESTIONS: Facts = {"start": "questions"}


def parts(door: str) -> tuple[Part, ...]:
    return printed(LIBRARY.doors[door].pages, QUESTIONS)


def block(of: tuple[Part, ...], name: str) -> Block:
    """The block that holds a page."""
    return next(each for part in of for each in part.blocks if name in [page.name for page in each.pages])


def names(pages: tuple[Page, ...]) -> list[str]:
    return [page.id for page in pages]


def test_a_test_by_itself_tells_its_own_skip_rules() -> None:
    audit = printed(LIBRARY.instruments["audit"].pages, {})[0]

    assert [(names(each.pages)[0], each.unless) for each in audit.blocks] == [
        ("q1", ()),
        ("q2", ((("audit.q1", "0"),),)),
        ("q4", ((("audit.q1", "0"),), (("audit.q2", "0"), ("audit.q3", "0")))),
        ("q9", ()),
    ]


def test_a_test_without_skip_rules_is_one_block_for_everybody() -> None:
    (dudit,) = printed(LIBRARY.instruments["dudit"].pages, {})

    assert [(len(each.pages), each.some, each.only, each.unless) for each in dudit.blocks] == [(11, False, (), ())]


def test_pages_that_an_answer_leads_to_name_that_answer() -> None:
    assert block(parts("self"), "dudit.q1").only == ((("dudit_offer", "now"),),)
    assert block(parts("screening"), "contact.contact").only == ((("send", "yes"),), (("talk", "yes"),))


@pytest.mark.parametrize("page", ["about.unit_choice", "under_13.child", "self.audit_offer"])
def test_pages_that_depend_on_an_age_claim_nothing_more_than_that(page: str) -> None:
    found = block(parts("self"), page)

    assert (found.some, found.only, found.unless) == (True, (), ())


def test_a_skip_rule_is_told_even_where_the_test_is_not_for_everybody() -> None:
    found = block(parts("screening"), "audit.q2")

    assert (found.some, found.only, found.unless) == (True, (), ((("audit.q1", "0"),),))


def test_a_page_for_everybody_has_nothing_above_it() -> None:
    found = block(parts("self"), "contact.contact")

    assert (found.some, found.only, found.unless) == (False, (), ())


def test_a_page_that_cannot_come_up_is_not_printed() -> None:
    only_contact = printed(LIBRARY.doors["self"].pages, {"start": "contact"})

    assert [part.source for part in only_contact if part.source in ("concerns", "contact")] == ["contact"]


def test_a_page_that_is_skipped_for_certain_is_not_printed() -> None:
    audit = printed(LIBRARY.instruments["audit"].pages, {"audit.q1": 0})

    assert [names(each.pages) for each in audit[0].blocks] == [["q1", "q9", "q10"]]


def test_a_rule_that_does_not_hold_for_certain_leaves_no_trace() -> None:
    audit = printed(LIBRARY.instruments["audit"].pages, {"audit.q1": 2, "audit.q2": 1, "audit.q3": 1})

    assert [(each.some, each.unless) for each in audit[0].blocks] == [(False, ())]


def test_a_condition_that_no_choice_tells_whole_is_not_told() -> None:
    first, *others = LIBRARY.doors["self"].pages
    (item,) = first.items
    refused = replace(others[0], show_if=parse('not "alcohol" in concerns', {item.fact: item.known_as}))
    found = block(printed([first, refused], QUESTIONS), refused.name)

    assert (found.some, found.only) == (True, ())


def test_questions_are_numbered_through() -> None:
    audit = printed(LIBRARY.instruments["audit"].pages, {})

    assert list(numbers(audit).items())[::9] == [("audit.q1", 1), ("audit.q10", 10)]
