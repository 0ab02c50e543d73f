"""Whatever is posted, the answer is a page and never a fault of ours."""

from urllib.parse import quote, urlencode

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.public.person import ADULT, Person

FIELDS = [
    "concerns",
    "danger",
    "about.age",
    "about.town",
    "contact.ways",
    "contact.phone",
    "contact.email",
    "story",
    "skip",
]
NAMES = st.sampled_from([*FIELDS, "csrf_token", "door", "start", "audit.q1", "x[]", ""]) | st.text(max_size=20)
VALUES = st.sampled_from(["alcohol", "yes", "no", "34", "call", "self", "1_0", "٤", "\x00", "\ufffd"]) | st.text(
    max_size=300
)
STEPS = st.integers(min_value=0, max_value=999)


@given(step=STEPS, values=st.lists(st.tuples(NAMES, VALUES), max_size=12), token=st.booleans())
@settings(max_examples=100)
def test_any_fields_on_any_page(public_app: Flask, step: int, values: list[tuple[str, str]], *, token: bool) -> None:
    person = Person(public_app.test_client()).begin().press({"concerns": ["alcohol"]})
    kept = [("csrf_token", person.seen.fields["csrf_token"][0])] if token else []
    body = urlencode([*kept, *values], errors="surrogatepass")
    answer = person.client.post(f"{person.place}{step}", data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (303, 400, 404, 422)


@given(
    body=st.binary(max_size=400),
    kind=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data",
            "application/json",
            "multipart/form-data; boundary=x",
        ]
    ),
)
@settings(max_examples=100)
def test_any_bytes_as_a_body(public_app: Flask, body: bytes, kind: str) -> None:
    person = Person(public_app.test_client()).begin()
    answer = person.client.post(person.address, data=body, content_type=kind)

    assert answer.status_code in (303, 400, 413, 422)


@given(raw=st.binary(max_size=200))
@settings(max_examples=100)
def test_any_bytes_in_a_field_of_text(public_app: Flask, raw: bytes) -> None:
    person = Person(public_app.test_client()).begin(start="contact").press(skip=True)
    token = quote(person.seen.fields["csrf_token"][0])
    person.post_raw(f"csrf_token={token}&contact.ways=call&contact.phone=0701740605&contact.name={quote(raw)}".encode())

    assert person.page.status_code in (200, 422)


@given(language=st.text(max_size=5), draft=st.text(max_size=40), page=st.text(max_size=10))
@settings(max_examples=100)
def test_any_address(public_app: Flask, language: str, draft: str, page: str) -> None:
    client = public_app.test_client()

    assert client.get(f"/f/{quote(draft)}/{quote(language)}/{quote(page)}").status_code in (200, 303, 308, 404)
    assert client.get(f"/x{quote(language)}/{quote(page)}").status_code in (200, 302, 303, 308, 404)


@given(number=st.text(max_size=12), name=st.text(max_size=40), words=st.text(max_size=200))
@settings(max_examples=20)
def test_any_answers_to_the_end(public_app: Flask, number: str, name: str, words: str) -> None:
    person = Person(public_app.test_client()).begin()
    answers = {**ADULT, "about.age": number, "story": words, "contact.name": name}
    for _ in range(30):
        given_here = {field: answer for field, answer in answers.items() if field in person.seen.fields}
        person.press(given_here)
        if person.page.status_code == 422:
            person.press(
                {**dict.fromkeys(given_here, ""), "contact.ways": ["email"], "contact.email": "a@example.org"},
                skip=True,
            )
        assert person.page.status_code in (200, 422)
        if person.address.endswith(("/done", "/leave")):  # the second is where a child is led, who sends nothing
            return
    raise AssertionError(person.address)
