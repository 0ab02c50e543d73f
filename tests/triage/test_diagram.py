from pathlib import Path

from intake.triage import MOVES, State
from intake.triage.diagram import mermaid

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_the_table_as_it_is() -> None:
    assert f"```mermaid\n{mermaid()}\n```" in README


def test_every_state_is_reached_and_left() -> None:
    arrows = [line.strip().partition(":")[0].split(" --> ") for line in mermaid().splitlines() if " --> " in line]

    # What was joined is taken apart again by no move of its own: see intake/joining.py.
    assert {before for before, _ in arrows} - {"[*]"} == set(State) - {State.JOINED}
    assert {after for _, after in arrows} - {"[*]"} == set(State)


def test_every_move_that_leads_somewhere_is_drawn() -> None:
    leading = {move.code for move in MOVES.values() if any(before != after for before, after in move.paths.items())}
    drawn = {label.strip(" *") for line in mermaid().splitlines() for label in line.partition(": ")[2].split(",")}

    assert drawn - {""} == leading
