"""What a condition asks, as pieces that can be put into words: from the parsed condition, without any word of its own.

A negation is carried inwards, so that every piece says what is asked, never what is not asked of something else.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from intake.rules import Condition, Known, RuleError, parse

Asking: TypeAlias = Literal[
    "below", "at_most", "above", "at_least", "is", "is_not", "one_of", "none_of", "includes", "leaves_out"
]
Joining: TypeAlias = Literal["all", "any"]

ALTERNATIVES: frozenset[Asking] = frozenset({"one_of", "none_of", "includes", "leaves_out"})
"""What takes several objects, each by itself: one of them is enough, or none of them may be."""


@dataclass(frozen=True)
class FactName:
    """The full name of a fact."""

    name: str


Term: TypeAlias = FactName | int | str


@dataclass(frozen=True)
class Asked:
    """One thing asked: the sum of the `subject` terms, nearly always one fact, held against the `object` terms.

    The object is a sum too, except for what takes ALTERNATIVES.
    """

    subject: tuple[Term, ...]
    asking: Asking
    object: tuple[Term, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts in the subject."""
        return tuple(term.name for term in self.subject if isinstance(term, FactName))


@dataclass(frozen=True)
class Several:
    """Several things asked, all of them or any."""

    joining: Joining
    members: tuple["Explanation", ...]


Explanation: TypeAlias = Asked | Several

_SIGNS: dict[type[ast.cmpop], Asking] = {
    ast.Lt: "below",
    ast.LtE: "at_most",
    ast.Gt: "above",
    ast.GtE: "at_least",
    ast.Eq: "is",
    ast.NotEq: "is_not",
}
_OPPOSITE: dict[Asking, Asking] = {
    "below": "at_least",
    "at_least": "below",
    "above": "at_most",
    "at_most": "above",
    "is": "is_not",
    "is_not": "is",
    "one_of": "none_of",
    "none_of": "one_of",
    "includes": "leaves_out",
    "leaves_out": "includes",
}
_TURNED: dict[Asking, Asking] = {
    "below": "above",
    "above": "below",
    "at_least": "at_most",
    "at_most": "at_least",
    "is": "is",
    "is_not": "is_not",
}
_ALL: Joining = "all"
_ANY: Joining = "any"
# What is asked of the same subject several times is asked at once.
_AT_ONCE: dict[tuple[Joining, Asking], Asking] = {
    ("any", "is"): "one_of",
    ("any", "includes"): "includes",
    ("all", "is_not"): "none_of",
    ("all", "leaves_out"): "leaves_out",
}


def explain(condition: Condition) -> Explanation:
    """What a condition asks."""
    return _explain(ast.parse(condition.text, mode="eval").body, asked=True)


def explain_text(text: str, known: Known) -> Explanation | None:
    """What a condition kept as text asks; None where it is no condition over the facts of today."""
    try:
        return explain(parse(text, known))
    except RuleError:
        return None


def _explain(node: ast.expr, *, asked: bool) -> Explanation:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _explain(operand, asked=not asked)
        case ast.BoolOp(op=op, values=values):
            return _join(isinstance(op, ast.And) == asked, [_explain(value, asked=asked) for value in values])
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            sides = [left, *comparators]
            pairs = [_asked(first, op, second) for first, op, second in zip(sides, ops, sides[1:], strict=False)]
            return _join(asked, pairs if asked else [_negated(pair) for pair in pairs])
    raise AssertionError(ast.unparse(node))  # pragma: no cover  # whatever was parsed is one of these


def _join(every: bool, members: Iterable[Explanation]) -> Explanation:  # noqa: FBT001  # what the caller found out
    found, joining = tuple(members), _ALL if every else _ANY
    if len(found) == 1:
        return found[0]
    return _at_once(joining, found) or Several(joining, found)


def _at_once(joining: Joining, members: tuple[Explanation, ...]) -> Asked | None:
    """What `members` ask of the same subject, as one thing; None where they are of different kinds."""
    asked = [member for member in members if isinstance(member, Asked)]
    kinds = {(member.subject, member.asking) for member in asked}
    if len(asked) < len(members) or len(kinds) > 1 or (joining, asked[0].asking) not in _AT_ONCE:
        return None
    asking = _AT_ONCE[joining, asked[0].asking]
    return Asked(asked[0].subject, asking, tuple(term for member in asked for term in member.object))


def _asked(left: ast.expr, op: ast.cmpop, right: ast.expr) -> Asked:
    if isinstance(op, ast.In | ast.NotIn):
        return _within(left, right) if isinstance(op, ast.In) else _negated(_within(left, right))
    subject, asking, object_ = _terms(left), _SIGNS[type(op)], _terms(right)
    if any(isinstance(term, FactName) for term in subject):
        return Asked(subject, asking, object_)
    return Asked(object_, _TURNED[asking], subject)


def _within(item: ast.expr, container: ast.expr) -> Asked:
    if isinstance(container, ast.Tuple | ast.List):
        return Asked(_terms(item), "one_of", tuple(term for each in container.elts for term in _terms(each)))
    return Asked(_terms(container), "includes", _terms(item))


def _negated(asked: Asked) -> Asked:
    return Asked(asked.subject, _OPPOSITE[asked.asking], asked.object)


def _terms(node: ast.expr) -> tuple[Term, ...]:
    if isinstance(node, ast.BinOp):
        return _terms(node.left) + _terms(node.right)
    if isinstance(node, ast.Name | ast.Attribute):
        return (FactName(ast.unparse(node)),)
    return (ast.literal_eval(node),)
