import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.ingest.payload import Payload, PayloadError, age_group, contact_of, read_payload, summary_of
from intake.origin import Assisted
from tests.ingest.requests import AUDIT, CANARY, payload

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def read(**changes: object) -> Payload:
    return read_payload(json.dumps(payload(**changes)).encode())


def test_the_summary_holds_what_the_queue_shows() -> None:
    assert summary_of(read()) == {
        "town": "lerum",
        "age_group": "25_44",
        "concerns": ["gambling", "alcohol"],
        "interpreter": "ti",
        "flags": ["danger"],
        "scores": [
            {"instrument": "audit", "complete": True, "total": 9, "min": 9, "max": 9, "bands": {"swedish": ["risk"]}}
        ],
    }


def test_the_summary_of_somebody_who_only_wants_a_call_is_empty() -> None:
    quiet = read(answers={"contact.ways": ["call"]}, facts={}, scores=[], route=payload()["route"] | {"flags": []})

    assert summary_of(quiet) == {
        "town": None,
        "age_group": "unknown",
        "concerns": [],
        "interpreter": None,
        "flags": [],
        "scores": [],
    }


def test_the_summary_names_nobody() -> None:
    said = json.dumps(summary_of(read()))

    assert not any(word in said for word in ("Kim", "070-174", CANARY))


def test_nobody_needs_an_interpreter_who_chose_none() -> None:
    assert summary_of(read(facts={"needs.interpreter": "none"}))["interpreter"] is None


def test_a_child_who_said_nothing_of_guardians_says_no() -> None:
    young = read(facts={"about.age": 17})

    assert contact_of(young)["youth.guardian_contact"] == "no"
    assert "youth.guardian_contact" not in contact_of(read(facts={"about.age": 18}))


def test_a_child_who_said_yes_is_taken_at_their_word() -> None:
    answers = {"youth.guardian_contact": "yes"}

    assert contact_of(read(facts={"about.age": 17}, answers=answers)) == answers


def test_a_colleague_elsewhere_is_reached_at_work() -> None:
    answers = {"referral.kind": "police", "referral.informed": "no", "referrer.phone": "+46701740605"}

    assert contact_of(read(answers=answers)) == {"referral.kind": "police", "referrer.phone": "+46701740605"}


def test_what_is_about_somebody_else_is_not_among_the_rest() -> None:
    apart = {"answers": {"someone.noticed": CANARY}, "facts": {}}
    told = read(answers={}, third_party=apart)

    assert told.third_party == apart
    assert CANARY not in json.dumps([told.whole, summary_of(told), contact_of(told)])


@pytest.mark.parametrize(
    "apart", [None, [], "x", {}, {"answers": {}}, {"answers": [], "facts": {}}, {"answers": {"a": 1}, "facts": {}}]
)
def test_what_is_about_somebody_else_has_its_shape_or_is_refused(apart: object) -> None:
    with pytest.raises(PayloadError):
        read(third_party=apart)


def test_contact_holds_how_to_reach_somebody_and_what_is_safe() -> None:
    assert contact_of(read()) == {
        "contact.name": "Kim",
        "contact.ways": ["call"],
        "contact.phone": "070-174 06 05",
        "safety.voicemail": "no",
    }


def test_who_came_by_themselves_has_no_origin() -> None:
    assert read().assisted is None


def test_what_staff_filled_in_is_a_claim_until_it_was_proved() -> None:
    claim = {"channel": "phone", "by": "anna", "proof": "x"}

    assert read(assisted=claim).assisted == Assisted(**claim)
    assert summary_of(read(assisted=claim))["assisted"] == "phone"


@pytest.mark.parametrize(
    "source",
    [
        {"link": "K7M2QF9A", "standing": "unknown"},
        {"link": "K7M2QF9A", "standing": "current", "kind": "poster", "place": "x", "prefilled": ["about.town"]},
    ],
)
def test_a_source_is_kept_with_all_the_rest(source: dict[str, Any]) -> None:
    assert read(source=source).whole["source"] == source


def test_all_of_it_is_kept() -> None:
    assert read().whole == payload()


@pytest.mark.parametrize(
    ("age", "group"),
    [
        (0, "under_13"),
        (12, "under_13"),
        (13, "13_15"),
        (15, "13_15"),
        (16, "16_17"),
        (17, "16_17"),
        (18, "18_20"),
        (20, "18_20"),
        (21, "21_24"),
        (24, "21_24"),
        (25, "25_44"),
        (44, "25_44"),
        (45, "45_64"),
        (64, "45_64"),
        (65, "65_plus"),
        (120, "65_plus"),
        (None, "unknown"),
        ("34", "unknown"),
        (True, "unknown"),
    ],
)
def test_an_age_belongs_to_one_group(age: object, group: str) -> None:
    assert age_group(age) == group


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": None},
        {"door": None},
        {"language": 1},
        {"submitted": "2026-11-20T14:05:09"},
        {"submitted": "yesterday"},
        {"submitted": "0001-01-01T00:00:00+14:00"},
        {"submitted": 1},
        {"answers": []},
        {"answers": {"story": 1}},
        {"answers": {"concerns": [["deep"]]}},
        {"facts": None},
        {"scores": {}},
        {"scores": ["audit"]},
        {"scores": [AUDIT | {"total": "9"}]},
        {"scores": [AUDIT | {"total": True}]},
        {"scores": [AUDIT | {"min": None}]},
        {"scores": [AUDIT | {"bands": {"swedish": [1]}}]},
        {"scores": [{}]},
        {"route": "adult"},
        {"route": payload()["route"] | {"unit": None}},
        {"route": payload()["route"] | {"urgency": "panic"}},
        {"route": payload()["route"] | {"urgency": ["soon"]}},
        {"route": payload()["route"] | {"flags": {"danger": 1}}},
        {"demonstration": 0},
        {"assisted": None},
        {"assisted": {}},
        {"assisted": {"channel": "fax", "by": "anna", "proof": "x"}},
        {"assisted": {"channel": ["phone"], "by": "anna", "proof": "x"}},
        {"assisted": {"channel": "phone", "by": 7, "proof": "x"}},
        {"assisted": {"channel": "phone", "by": "anna", "proof": None}},
        {"source": "poster"},
        {"source": {}},
        {"source": {"standing": "gone"}},
        {"source": {"standing": "current", "kind": "poster", "place": None, "prefilled": []}},
        {"source": {"standing": "withdrawn", "kind": "poster", "place": "x", "prefilled": [7]}},
        {"facts": {"a": [[[[[["too deep"]]]]]]}},
        {"facts": {"a": 0.5}},
        {"facts": {"a": float("nan")}},
        {"answers": {"story": "\ud800"}},
    ],
)
def test_what_is_not_a_submission_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(PayloadError):
        read(**changes)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"null", b"[]", b"{}", b"[" * 100_000, b"1" * 5000, b'{"v": 1}', b" " * 300_000],
)
def test_noise_is_refused(content: bytes) -> None:
    with pytest.raises(PayloadError):
        read_payload(content)


@given(st.sampled_from([*sorted(payload()), "assisted", "source", "tongues", "untranslated"]), JSON)
def test_any_part_may_be_anything_and_nothing_else_is_ever_raised(part: str, content: object) -> None:
    sealed = json.dumps(payload(**{part: content})).encode()

    with suppress(PayloadError):
        assert read_payload(sealed).whole == json.loads(sealed)


def test_the_error_holds_nothing_of_what_was_said() -> None:
    with pytest.raises(PayloadError) as raised:
        read(submitted=CANARY)

    assert CANARY not in repr(raised.value)
    assert raised.value.__suppress_context__


def test_a_suggestion_with_more_to_say_is_read_and_kept_whole() -> None:
    step = {"kind": "advice", "rule": "ill", "held": True, "failed": ""}
    more = {
        "advice": ["ill"],
        "suggest": ["sip"],
        "joint": ["bup"],
        "both_principals": True,
        "paused": "",
        "engine": "2",
    }
    route = payload()["route"] | more | {"trace": [step]}

    assert read(route=route).whole["route"] == route
