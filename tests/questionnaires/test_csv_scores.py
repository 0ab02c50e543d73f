import csv
import io
import os
import time
from threading import Thread

import pytest

from intake.questionnaires.csv_scores import RowError, score_table
from intake.questionnaires.model import Library

HEADER = "id,sex,age,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10"


def scored(library: Library, *lines: str, instrument: str = "audit") -> list[dict[str, str]]:
    target = io.StringIO()
    score_table(library.instruments[instrument], io.StringIO("\n".join(lines) + "\n"), target)
    return list(csv.DictReader(io.StringIO(target.getvalue())))


def test_a_row_gets_its_sum_subscores_and_bands_and_keeps_its_columns(library: Library) -> None:
    row = scored(library, HEADER, "a7,female,30,4,1,2,3,3,1,4,2,2,2")[0]

    assert (row["id"], row["complete"], row["total"]) == ("a7", "yes", "24")
    assert (row["consumption"], row["dependence"], row["harm"]) == ("7", "7", "10")
    assert (row["who_zones"], row["swedish"], row["error"]) == ("zone_4", "risk", "")


def test_an_empty_line_is_no_row(library: Library) -> None:
    assert [row["id"] for row in scored(library, HEADER, "1,,,0", "", "2,,,0")] == ["1", "2"]


def test_a_missing_answer_gives_an_interval_and_no_sum(library: Library) -> None:
    row = scored(library, HEADER, "1,male,30,4,1,2,3,3,,4,2,2,2")[0]

    assert (row["complete"], row["total"], row["min"], row["max"]) == ("no", "", "23", "27")
    assert row["who_zones"] == "zone_4"


def test_bands_that_are_open_are_all_named(library: Library) -> None:
    assert scored(library, HEADER, "1,,,1,2,4,0,0,0,0,0,0,0")[0]["swedish"] == "low|risk"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("1,male,30,4,1,2,3,3,1,4,2,3,2", "q9: '3' is not one of 0, 2, 4"),
        ("1,male,30,5,x,2,3,3,1,4,2,2,2", "q1: '5' is not one of 0, 1, 2, 3, 4; q2: 'x' is not one of"),
        ("1,man,30,4,1,2,3,3,1,4,2,2,2", "sex: 'man' is not one of"),
        ("1,male,١٢,4,1,2,3,3,1,4,2,2,2", "age: '١٢' is not a whole number"),
        ("1,male,999,4,1,2,3,3,1,4,2,2,2", "age: '999' is not a whole number from 0 to 120"),
        ("1,male,30,4,1", "has 5 fields, not 13"),
        ("1,male,30,4,1,2,3,3,1,4,2,2,2,9", "has 14 fields, not 13"),
    ],
)
def test_a_bad_row_says_why_and_the_next_one_is_scored(library: Library, line: str, error: str) -> None:
    bad, good = scored(library, HEADER, line, "2,male,30,4,1,2,3,3,1,4,2,2,2")

    assert error in bad["error"]
    assert bad["total"] == ""
    assert (good["total"], good["error"]) == ("24", "")


def test_an_enormous_field_is_one_bad_row(library: Library) -> None:
    bad, good = scored(library, HEADER, "x" * 200_000 + ",male,30,0,0,0,0,0,0,0,0,0,0", "2,,,0,0,0,0,0,0,0,0,0,0")

    assert "cannot be read" in bad["error"]
    assert good["total"] == "0"


def test_a_semicolon_file_stays_one(library: Library) -> None:
    target = io.StringIO()
    score_table(
        library.instruments["audit"], io.StringIO(HEADER.replace(",", ";") + "\n1;;;4;4;4;4;4;4;4;4;4;4\n"), target
    )

    assert target.getvalue().splitlines()[1].startswith("1;;;4;4;4;4;4;4;4;4;4;4;yes;40;")


def test_a_scored_file_can_be_scored_again(library: Library) -> None:
    once, twice = io.StringIO(), io.StringIO()
    score_table(library.instruments["audit"], io.StringIO(HEADER + "\n1,male,30,4,1,2,3,3,1,4,2,2,2\n"), once)
    score_table(library.instruments["audit"], io.StringIO(once.getvalue()), twice)

    assert twice.getvalue() == once.getvalue()


def test_a_file_without_a_header_is_refused(library: Library) -> None:
    with pytest.raises(RowError, match="q1 to q10"):
        scored(library, "1,2,3")


def test_rows_are_scored_as_they_come(library: Library) -> None:
    reading, writing = os.pipe()
    target = io.StringIO()
    with os.fdopen(reading, encoding="utf-8") as source, os.fdopen(writing, "w", encoding="utf-8") as sender:
        work = Thread(target=score_table, args=(library.instruments["audit"], source, target))
        work.start()
        sender.write(HEADER + "\n1,male,30,4,1,2,3,3,1,4,2,2,2\n")
        sender.flush()
        deadline = time.monotonic() + 10
        while "24" not in target.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
        scored_before_the_end = target.getvalue()
        sender.close()
        work.join()

    assert scored_before_the_end.splitlines()[1].startswith("1,male,30,4,1,2,3,3,1,4,2,2,2,yes,24")
