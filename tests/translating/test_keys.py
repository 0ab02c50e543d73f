from pathlib import Path

import pytest

from intake.translating.keys import Found, Use, domain_of, find
from tests.translating.small import put


def code(text: str) -> Use:
    found = Found()
    found.read_code("intake/public/x.py", text)
    return found.use()


def template(text: str) -> Use:
    found = Found()
    found.read_template("templates/public/x.html", text)
    return found.use()


@pytest.mark.parametrize("call", ["_", "gettext", "lazy_gettext"])
def test_a_key_that_stands_whole_in_a_call_is_wanted(call: str) -> None:
    assert list(code(f'{call}("start.heading", n=1)').wanted) == ["start.heading"]
    assert list(template(f'{{{{ {call}("start.heading", n=1) }}}}').wanted) == ["start.heading"]


def test_what_counts_has_a_plural() -> None:
    assert code('ngettext("wait.days", "wait.days", n)').wanted["wait.days"].plural == "wait.days"
    assert template('{{ ngettext("wait.days", "wait.days", n) }}').wanted["wait.days"].plural == "wait.days"
    assert code('_("start.heading")').wanted["start.heading"].plural == ""
    assert code('ngettext("wait.days")').wanted["wait.days"].plural == ""


def test_both_ends_of_a_choice_are_wanted() -> None:
    assert set(code('_("a.yes" if x else "a.no")').wanted) == {"a.yes", "a.no"}
    assert set(template('{{ _("a.yes" if x else "a.no") }}').wanted) == {"a.yes", "a.no"}
    assert set(template('{{ _("a.yes" if x) }}').wanted) == {"a.yes"}


@pytest.mark.parametrize("use", [code('_(f"error.{code}.heading")'), template('{{ _("error." ~ code ~ ".heading") }}')])
def test_a_key_put_together_from_a_code_is_used_whatever_the_code(use: Use) -> None:
    assert use.uses("error.404.heading")
    assert not use.uses("error.404.text")
    assert not use.uses("state.404.heading")
    assert use.wanted == {}


def test_a_key_put_together_from_texts_alone_is_wanted() -> None:
    assert list(template('{{ _("a." ~ "b") }}').wanted) == ["a.b"]


def test_a_key_that_is_looked_up_first_counts_as_used() -> None:
    assert code('WORDS = {"x": "purpose.care"}\n_(WORDS[purpose])').uses("purpose.care")
    assert template('{% set problem = "sign_in.wrong" %}{{ _(problem) }}').uses("sign_in.wrong")
    assert not code("_(problem)\n_(f'{x}.y')\n_()\nother('a.b' + 'c')").uses("sign_in.wrong")
    assert template("{{ _(problem ~ 'x') }}{{ g.x('a') }}{{ _() }}").patterns == ()


def test_definitions_use_keys_too(tmp_path: Path) -> None:
    put(tmp_path, "code/staff/a.py", '_("one.a")')
    put(tmp_path, "templates/staff/b.html", '{{ _("one.b") }}')
    put(tmp_path, "questionnaires/x/questionnaire.yaml", "presents: one.c\n")
    use = find(tmp_path / "code", tmp_path / "templates", tmp_path / "questionnaires")

    assert use.wanted["one.a"].place == "intake/staff/a.py"
    assert use.wanted["one.b"].place == "templates/staff/b.html"
    assert use.uses("one.c")


def test_a_key_that_a_public_page_names_is_the_publics(tmp_path: Path) -> None:
    found = Found()
    found.read_code("intake/public/x.py", '_("a.b")\n_("c.d")')
    found.read_code("intake/staff/x.py", '_("a.b")\n_("e.f")')
    found.read_code("intake/web.py", '_("e.f")')

    assert {key: domain_of(wanted.place) for key, wanted in found.use().wanted.items()} == {
        "a.b": "public",
        "c.d": "public",
        "e.f": "public",
    }
    assert domain_of("templates/staff/x.html") == "staff"
