"""Text from the definitions as HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.markup import paragraphs


def test_a_blank_line_begins_a_paragraph() -> None:
    assert paragraphs("One.\nStill one.\n\nTwo.") == "<p>One.\nStill one.</p>\n<p>Two.</p>"


def test_an_address_written_out_becomes_a_link_that_tells_nothing() -> None:
    html = paragraphs("Read https://www.1177.se/ now.")

    assert html == '<p>Read <a href="https://www.1177.se/" rel="noreferrer">https://www.1177.se/</a> now.</p>'


@pytest.mark.parametrize("text", ["Call Bris.se", "http://example.org", "mail@example.org", "javascript:alert(1)"])
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in paragraphs(text)


def test_tags_become_text() -> None:
    assert paragraphs("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert paragraphs("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert paragraphs('<a href="javascript:x">') == '<p>&lt;a href="javascript:x"&gt;</p>'


def test_no_text_is_no_paragraph() -> None:
    assert paragraphs(" \n\n ") == ""


@given(st.text(alphabet=st.sampled_from("<>&\"'/= \nahrefscriptpt:onx.")))
def test_nothing_but_paragraphs_and_links_comes_out(text: str) -> None:
    left = paragraphs(text).replace("<p>", "").replace("</p>", "")

    assert "<" not in left.replace("<a href=", "").replace("</a>", "")
