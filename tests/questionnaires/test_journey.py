from hypothesis import given
from hypothesis import strategies as st

from intake.config import content_root
from intake.questionnaires.journey import Journey, walk
from intake.questionnaires.loader import load
from intake.questionnaires.model import Answers

LIBRARY = load(content_root() / "questionnaires")
QUESTIONS = {"start": "questions"}


def names(journey: Journey) -> list[str]:
    return [page.name for page in journey.pages]


def next_page(journey: Journey) -> str:
    return journey.next_page.name if journey.next_page else ""


def walk_self(answers: Answers, done: tuple[str, ...] = (), start: str = "questions") -> Journey:
    return walk(LIBRARY.doors["self"].pages, answers, done, {"start": start})


def walk_audit(**answers: str) -> list[str]:
    coded = {f"audit.{name}": code for name, code in answers.items()}
    return names(walk(LIBRARY.instruments["audit"].pages, coded, (), {}))


def test_whoever_only_wants_to_be_called_sees_four_pages() -> None:
    assert [page.source for page in walk_self({}, start="contact").pages] == ["about", "contact", "safety", "consent"]


def test_never_drinking_skips_to_the_last_two() -> None:
    assert walk_audit(q1="0") == ["audit.q1", "audit.q9", "audit.q10"]


def test_few_glasses_and_never_six_skips_to_the_last_two() -> None:
    assert walk_audit(q1="1", q2="0", q3="0") == ["audit.q1", "audit.q2", "audit.q3", "audit.q9", "audit.q10"]


def test_an_unanswered_question_skips_nothing() -> None:
    assert len(walk_audit()) == 10
    assert len(walk_audit(q1="1", q3="0")) == 10


def test_an_early_answer_drops_the_answers_it_hides() -> None:
    before: Answers = {
        "concerns": ("alcohol",),
        "about.age": "30",
        "audit_offer": "now",
        "audit.q1": "2",
        "audit.q2": "3",
    }
    after = walk_self({**before, "audit.q1": "0"})

    assert walk_self(before).facts["audit.q2"] == 3
    assert "audit.q2" not in after.answers
    assert "audit.q2" not in after.facts


def test_nobody_under_sixteen_is_asked_audit_or_dudit() -> None:
    for age in ("12", "15"):
        journey = walk_self({"concerns": ("alcohol", "narcotics"), "about.age": age, "audit_offer": "now"})
        assert not {"audit", "dudit"} & {page.source for page in journey.pages}


def test_nobody_under_eighteen_is_asked_about_gambling_by_pgsi() -> None:
    young: Answers = {"concerns": ("gambling",), "about.age": "17", "pgsi_offer": "now"}

    assert "pgsi.q1" not in names(walk_self(young))
    assert "pgsi.q1" in names(walk_self({**young, "about.age": "18"}))


def test_no_test_is_offered_to_somebody_whose_age_is_not_known() -> None:
    assert "self.audit_offer" not in names(walk_self({"concerns": ("alcohol",)}, done=("about.age",)))


def test_danger_brings_help_before_anything_else() -> None:
    journey = walk_self({"danger": "yes"})
    asked = names(journey)

    assert journey.pages[asked.index("danger.danger") + 1].presents == "crisis"


def test_the_next_page_is_the_first_one_not_left_behind() -> None:
    assert next_page(walk_self({})) == "concerns.concerns"
    assert next_page(walk_self({"concerns": ("alcohol",)})) == "danger.danger"
    assert next_page(walk_self({}, done=("concerns.concerns",))) == "danger.danger"


def test_a_required_answer_cannot_be_left_behind() -> None:
    journey = walk_self({}, done=("about.age", "contact.contact", "safety.safety", "consent.consent"), start="contact")

    assert next_page(journey) == "contact.contact"


def test_declining_to_say_leaves_the_fact_unknown() -> None:
    assert "about.sex" not in walk_self({"about.sex": "undisclosed"}).facts
    assert walk_self({"about.sex": "undisclosed"}).answers["about.sex"] == "undisclosed"


def test_the_last_page_is_followed_by_the_review() -> None:
    journey = walk_self({}, start="contact")

    assert journey.after(journey.pages[-1]) is None
    assert journey.before(journey.pages[0]) is None
    assert journey.position(journey.pages[0]) == (1, 5)


ITEMS = list(LIBRARY.doors["self"].items.values())
codes = st.sampled_from([code for item in ITEMS for code in item.codes] + ["", "99", "٤", "x" * 2000])
answers = st.dictionaries(
    st.sampled_from([item.fact for item in ITEMS]), st.one_of(codes, st.tuples(codes), st.tuples(codes, codes))
)


@given(answers)
def test_only_shown_pages_and_fitting_answers_count(given_answers: Answers) -> None:
    journey = walk(LIBRARY.doors["self"].pages, given_answers, (), QUESTIONS)
    shown = {item.fact for page in journey.pages for item in page.items}

    assert set(journey.answers) <= shown
    assert set(journey.facts) <= shown | {"start"}
    assert all(given_answers[fact] == answer for fact, answer in journey.answers.items())
