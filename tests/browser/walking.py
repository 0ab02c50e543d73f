"""Walking through a form in a real browser: whatever is asked is answered, and every page is looked at on the way."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

Look = Callable[[Page], None]

FIELDS = "main input:not([type=hidden]), main textarea"
TOO_MANY = 100

ANNA: Mapping[str, tuple[str, ...]] = {
    "concerns": ("alcohol", "narcotics", "gambling"),
    "danger": ("yes",),
    "about.age": ("34",),
    "about.town": ("lerum",),
    "about.sex": ("female",),
    "audit_offer": ("now",),
    "dudit_offer": ("now",),
    "pgsi_offer": ("now",),
    "phq4_offer": ("now",),
    "family.children": ("yes",),
    "family.pregnancy": ("no",),
    "story.story": ("Jag vill dricka mindre.",),
    "contact.name": ("Anna",),
    "contact.ways": ("call", "email"),
    "contact.phone": ("070-174 06 10",),
    "contact.email": ("anna@example.org",),
    "safety.voicemail": ("no",),
    "safety.say_who": ("no",),
    "needs.interpreter": ("none",),
    "consent.share": ("region",),
    "relative.wants": ("worried", "own_support"),
    "someone.danger": ("yes",),
    "someone.age": ("17",),
    "someone.noticed": ("Sover dåligt och är ofta borta.",),
    "someone.tried": ("Vi har pratat två gånger.",),
    "someone.name": ("Milo",),
    "someone.phone": ("070-174 06 66",),
    "referral.kind": ("primary_care",),
    "referral.informed": ("yes",),
    "referral.agrees": ("yes",),
    "referrer.name": ("Ulrika",),
    "referrer.role": ("Sjuksköterska",),
    "referrer.phone": ("031-390 06 20",),
    "tests": ("alcohol", "drugs", "gambling"),
    "send": ("yes",),
}
"""Somebody who answers everything; a question of an instrument is answered with its second answer."""

BRIEF: Mapping[str, tuple[str, ...]] = {
    **ANNA,
    **{f"{name}_offer": ("together",) for name in ("audit", "dudit", "pgsi", "phq4")},
    "tests": ("alcohol",),
}
"""The same, but for the instruments: their pages are many and alike."""


def begin(page: Page, site: str, language: str, door: str) -> None:
    """Go from the start page through a door to its first question."""
    page.goto(f"{site}/{language}/")
    page.locator(f"main a[href$='/{language}/{door}']").first.click()
    with page.expect_navigation():
        page.locator("button[name=start][value=questions]").click()


def in_language(page: Page, name: str) -> None:
    """Open the list of languages and choose one by its own name; a form's answers come along."""
    languages = page.locator("nav.languages")
    languages.locator("summary").click()
    with page.expect_navigation():
        languages.get_by_text(name, exact=True).last.click()


def answer(page: Page, answers: Mapping[str, tuple[str, ...]]) -> None:
    """Answer what the page asks: from `answers`, else the second choice; leave a text nobody wrote empty."""
    fields = page.eval_on_selector_all(FIELDS, "all => all.map(field => [field.name, field.type, field.value])")
    for name in dict.fromkeys(name for name, _, _ in fields):
        choices = [value for other, kind, value in fields if other == name and kind in ("radio", "checkbox")]
        chosen = answers.get(name, tuple(choices[1:2]))
        for value in chosen:
            if choices:
                page.locator(f"[name='{name}'][value='{value}']").check()
            else:
                page.locator(f"[name='{name}']").fill(value)


def press(page: Page) -> None:
    """Press the first button of the page's form and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("main form button").first.click()


def walk(page: Page, answers: Mapping[str, tuple[str, ...]], look: Look) -> None:
    """Answer every page up to the receipt, with a look at each, the receipt included."""
    for _ in range(TOO_MANY):
        look(page)
        if page.url.endswith("/done"):
            return
        answer(page, answers)
        press(page)
    raise AssertionError("the receipt was never reached")
