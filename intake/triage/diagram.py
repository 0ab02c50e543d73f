"""The table drawn: a Mermaid state diagram, the same text each time, so that a test can hold the README to it."""

from intake.triage.table import MOVES, Move, State


def mermaid() -> str:
    """States and moves as a Mermaid diagram; what leads nowhere else is left out, `*` marks the receiver's moves."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for move in MOVES.values():
        for before, after in sorted(move.paths.items(), key=lambda path: list(State).index(path[0])):
            if before != after:
                arrows.setdefault((before, after), []).append(_label(move))
    lines = [f"    {before} --> {after}: {', '.join(labels)}" for (before, after), labels in sorted(arrows.items())]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.RECEIVED}", *lines, f"    {State.CLOSED} --> [*]"])


def _label(move: Move) -> str:
    return f"{move.code}*" if move.side == "receiver" else move.code
