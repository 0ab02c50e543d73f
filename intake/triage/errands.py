"""What one unit can ask of another, each a thing of its own: who keeps the case, who answers, and how it ends.

A *handover* (lotsning) is not done until the receiver has taken the case, and comes back by itself when nobody does.
A *consult* is a question and an answer: the case stays where it is. A *parallel* unit works with the person at the same
time; the case has one owner all the same. A *task* is asked of somebody outside, such as sampling at the person's own
health centre, and a *signpost* (hänvisning) only tells the person where to turn: nothing is sent to anybody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from intake.errors import NotAllowedNow
from intake.triage.table import Side


@dataclass(frozen=True)
class Answer:
    """One way an errand ends: on which side it is said, and whether words go with it."""

    side: Side
    needs_note: bool = False


@dataclass(frozen=True)
class Errand:
    """One kind of errand.

    `receivers` are fixed codes where it goes to no unit of the directory. Where it `shares`, the receiving unit reads
    the case while the errand is open, so consent or another ground must name that receiver; `purposes` says which
    kinds of consent do. Where it `asks`, words go with it. `answers` are the ways it ends; none means it is done when
    it is made. `moved` ones begin and end with moves of the case and not by themselves.
    """

    code: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    receivers: tuple[str, ...] = ()
    purposes: frozenset[str] = frozenset()
    asks: bool = False
    moved: bool = False

    @property
    def shares(self) -> bool:
        """Tell whether the receiver reads the case."""
        return bool(self.purposes)


PURPOSES = ("care", "support", "consult")
"""What somebody can agree to: to be cared for, to be supported by social services, to be asked about in their cause."""
_TOGETHER = frozenset({"care", "support"})

ERRANDS: Mapping[str, Errand] = {
    errand.code: errand
    for errand in (
        Errand(
            "handover",
            answers={
                "acknowledge": Answer("receiver"),
                "return": Answer("receiver", needs_note=True),
                "decline": Answer("receiver"),
                "recall": Answer("owner"),
                "come_back": Answer("owner"),
            },
            purposes=_TOGETHER,
            moved=True,
        ),
        Errand(
            "consult",
            answers={"answer": Answer("receiver", needs_note=True), "recall": Answer("owner")},
            purposes=frozenset(PURPOSES),
            asks=True,
        ),
        Errand(
            "parallel",
            answers={"leave": Answer("receiver"), "recall": Answer("owner")},
            purposes=_TOGETHER,
        ),
        # The documents name four tasks and whom each goes to; prescribing is asked of the clinic's own doctor.
        *(
            Errand(code, answers={"done": Answer("owner"), "not_done": Answer("owner")}, receivers=(receiver,))
            for code, receiver in (
                ("sampling", "listed_health_centre"),
                ("sick_note", "listed_health_centre"),
                ("psychological_treatment", "listed_health_centre"),
                ("medical_assessment", "clinic_doctor"),
                ("sip_call", "coordinator"),
            )
        ),
        Errand("signpost"),
    )
}


def check_answer(kind: str, answer: str, sides: Collection[Side], note: str) -> Answer:
    """Return the way an errand is being ended, or raise NotAllowedNow: not this kind, not these sides, or no words."""
    errand = ERRANDS.get(kind)
    found = errand.answers.get(answer) if errand and not errand.moved else None
    if found is None or found.side not in sides:
        raise NotAllowedNow(f"{kind} does not end like that from this side")
    if found.needs_note and not note:
        raise NotAllowedNow(f"{answer} needs words")
    return found
