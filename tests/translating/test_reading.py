import pytest

from intake.translating.reading import Measure, easier, findings, measure, sentences, too_hard, too_long

LONG = "ord " * 23


def test_sentences_end_with_a_mark_or_a_line() -> None:
    assert sentences("Ring oss. Vill du? Så här: kom.\nNu") == [
        ["Ring", "oss"],
        ["Vill", "du"],
        ["Så", "här"],
        ["kom"],
        ["Nu"],
    ]
    assert sentences("Den 9.30 kom 1,5 till.") == [["Den", "9", "30", "kom", "1", "5", "till"]]


def test_a_placeholder_is_a_word_and_an_address_is_none() -> None:
    assert sentences("Ring %(phone)s nu") == [["Ring", "x", "nu"]]
    assert sentences("Se https://example.org/en/lang/sida nu") == [["Se", "nu"]]
    assert sentences("") == []


def test_the_index_is_bjornssons() -> None:
    # Ten words in two sentences, three of them longer than six letters: 5 + 30.
    text = "Det bästa sättet är samtalet. Mottagningen hjälper dig vidare nu."

    assert measure([text]) == Measure(words=10, long_words=3, sentences=2)
    assert measure([text]).lix == 35
    assert measure([]).lix == 0


def test_a_sentence_above_the_limit_is_named_by_its_first_words() -> None:
    assert too_long("Kort. " + LONG, 22) == ["ord ord ord ord … (23 words)"]
    assert too_long("Kort.", 22) == []


def test_a_short_text_has_no_index_and_a_long_hard_one_is_told() -> None:
    assert too_hard("Personuppgiftsansvariga myndigheter.", 40) is None
    assert too_hard("Vi ses. " * 20, 40) is None
    assert too_hard("Personuppgiftsansvariga myndigheter. " * 20, 40) == pytest.approx(102)


def test_both_are_findings() -> None:
    (sentence,) = findings(LONG)
    (index,) = findings("Personuppgiftsansvariga myndigheter. " * 20)

    assert "a sentence is longer than 22 words" in sentence
    assert "LIX 102" in index
    assert list(findings("Vi ses.")) == []


def test_an_easy_language_is_easier_than_its_source_or_it_is_told() -> None:
    easy, hard = ["Vi ses. Kom hit."], ["Mottagningen hjälper dig vidare i dag."]

    assert list(easier(easy, hard)) == []
    assert len(list(easier(hard, easy))) == 2
    assert len(list(easier(easy, easy))) == 2
