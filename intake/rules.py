"""One-line conditions over facts: parsed once, checked against the facts that exist, three-valued.

A condition such as `audit.q2 + audit.q3 == 0` or `about.age < 18 and "gambling" in concerns` is parsed with
Python's own parser, checked node by node against a short list and turned into nested functions; nothing is `eval`ed.
A fact nobody has answered is *unknown* (`None`), and so is every comparison or sum that needs it. `and`, `or` and
`not` are Kleene's: `False and unknown` is false, `True or unknown` is true. Unknown does not hold.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from intake.errors import IntakeError

Value: TypeAlias = int | str | bool | frozenset[str]
Facts: TypeAlias = Mapping[str, Value]
Kind: TypeAlias = Literal["number", "text", "set", "truth"]

LONGEST_CONDITION = 500


class RuleError(IntakeError):
    """A condition is not one; the message says what is wrong, the caller knows where it stands."""


@dataclass(frozen=True)
class Fact:
    """What is known of a fact before anybody answers: its kind and, for coded answers, every code it can take.

    `name` is the full name it is kept under, where a condition may use a shorter one (`q1` for `audit.q1`).
    """

    kind: Kind
    codes: frozenset[str] = frozenset()
    name: str = ""


Known: TypeAlias = Mapping[str, Fact]
# The kinds are checked when a condition is parsed, so its pieces need not tell them again when evaluated.
Evaluate: TypeAlias = Callable[[Facts], Any]


@dataclass(frozen=True)
class Condition:
    """A parsed condition; `names` are the facts it reads, `parts` the terms of its outermost `and`, if it has one."""

    text: str
    names: frozenset[str]
    evaluate: Evaluate
    parts: tuple["Condition", ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition is true; unknown is not."""
        return self.evaluate(facts) is True

    def fails(self, facts: Facts) -> bool:
        """Tell whether the condition is false for certain; unknown is not."""
        return self.evaluate(facts) is False


def parse(text: str, known: Known) -> Condition:
    """Parse `text` into a Condition over the facts `known`; raise RuleError saying what is not allowed and where."""
    if len(text) > LONGEST_CONDITION:
        raise RuleError(f"a condition has at most {LONGEST_CONDITION} characters")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise RuleError(f"{text!r} is not a condition") from error
    return _condition(body, known)


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Join two conditions, either of which may be absent, into one that holds when both do."""
    if first is None or second is None:
        return first or second
    return Condition(
        text=f"({first.text}) and ({second.text})",
        names=first.names | second.names,
        evaluate=_conjunction([first.evaluate, second.evaluate]),
        parts=(first.parts or (first,)) + (second.parts or (second,)),
    )


@dataclass(frozen=True)
class _Term:
    """A checked piece of a condition: its kind, how to evaluate it, and its codes or literal where it has them."""

    kind: Kind
    evaluate: Evaluate
    codes: frozenset[str] = frozenset()
    literal: str | None = None


def _condition(node: ast.expr, known: Known) -> Condition:
    term = _term(node, known)
    if term.kind != "truth":
        raise RuleError(f"'{ast.unparse(node)}' is a {term.kind}, not a condition")
    names = frozenset(known[name].name or name for name in _names(node))
    parts: tuple[Condition, ...] = ()
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        parts = tuple(_condition(value, known) for value in node.values)
    return Condition(ast.unparse(node), names, term.evaluate, parts)


def _names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Attribute | ast.Name):
        return [_dotted(node)]
    return [name for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for name in _names(child)]


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    raise RuleError(f"'{ast.unparse(node)}' is not the name of a fact")


def _term(node: ast.expr, known: Known) -> _Term:
    match node:
        case ast.BoolOp(op=op, values=values):
            return _logic(op, [_condition(value, known).evaluate for value in values])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _Term("truth", _negation(_condition(operand, known).evaluate))
        case ast.Compare():
            return _comparison(node, known)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _sum(_term(left, known), _term(right, known), node)
        case ast.Name() | ast.Attribute():
            return _fact(_dotted(node), known)
        case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return _literal(node)
    raise RuleError(f"'{ast.unparse(node)}' at column {node.col_offset + 1} is not allowed in a condition")


def _fact(name: str, known: Known) -> _Term:
    if name not in known:
        raise RuleError(f"'{name}' is not known at this point")
    fact = known[name]
    full_name = fact.name or name
    return _Term(fact.kind, lambda facts: facts.get(full_name), fact.codes)


def _literal(node: ast.expr) -> _Term:
    value = ast.literal_eval(node)
    if isinstance(value, str):
        return _Term("text", lambda _: value, literal=value)
    if type(value) is int:
        return _Term("number", lambda _: value)
    raise RuleError(f"'{ast.unparse(node)}' is neither a whole number nor a text")


def _logic(op: ast.boolop, terms: list[Evaluate]) -> _Term:
    return _Term("truth", _conjunction(terms) if isinstance(op, ast.And) else _disjunction(terms))


def _conjunction(terms: list[Evaluate]) -> Evaluate:
    def every(facts: Facts) -> bool | None:
        results = [term(facts) for term in terms]
        if False in results:
            return False
        return None if None in results else True

    return every


def _disjunction(terms: list[Evaluate]) -> Evaluate:
    def some(facts: Facts) -> bool | None:
        results = [term(facts) for term in terms]
        if True in results:
            return True
        return None if None in results else False

    return some


def _negation(term: Evaluate) -> Evaluate:
    def opposite(facts: Facts) -> bool | None:
        result = term(facts)
        return None if result is None else not result

    return opposite


def _sum(left: _Term, right: _Term, node: ast.expr) -> _Term:
    if (left.kind, right.kind) != ("number", "number"):
        raise RuleError(f"'{ast.unparse(node)}' adds something that is not a number")
    return _Term("number", _known_to_both(operator.add, left.evaluate, right.evaluate))


def _known_to_both(decide: Callable[[Any, Any], Value], left: Evaluate, right: Evaluate) -> Evaluate:
    def result(facts: Facts) -> Value | None:
        first, second = left(facts), right(facts)
        return None if first is None or second is None else decide(first, second)

    return result


_ORDERS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_EQUALITIES: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {ast.Eq: operator.eq, ast.NotEq: operator.ne}


def _comparison(node: ast.Compare, known: Known) -> _Term:
    sides = [node.left, *node.comparators]
    pairs = [_pair(left, op, right, known) for left, op, right in zip(sides, node.ops, sides[1:], strict=False)]
    return _Term("truth", pairs[0] if len(pairs) == 1 else _conjunction(pairs))


def _pair(left: ast.expr, op: ast.cmpop, right: ast.expr, known: Known) -> Evaluate:
    if isinstance(op, ast.In | ast.NotIn):
        within = _membership(_term(left, known), right, known)
        return within if isinstance(op, ast.In) else _negation(within)
    first, second = _term(left, known), _term(right, known)
    decide = _EQUALITIES.get(type(op)) or (_ORDERS.get(type(op)) if first.kind == "number" else None)
    if decide is None or first.kind != second.kind or first.kind not in ("number", "text"):
        raise RuleError(f"'{ast.unparse(left)}' and '{ast.unparse(right)}' cannot be compared like this")
    _check_code(first, second)
    _check_code(second, first)
    return _known_to_both(decide, first.evaluate, second.evaluate)


def _membership(item: _Term, right: ast.expr, known: Known) -> Evaluate:
    if isinstance(right, ast.Tuple | ast.List):
        members = [_literal(element) for element in right.elts]
        for member in members:
            if member.kind != item.kind:
                raise RuleError(f"'{ast.unparse(right)}' holds another kind of value than what is looked for in it")
            _check_code(item, member)
        values = frozenset(member.evaluate({}) for member in members)
        return _known_to_both(lambda value, _: value in values, item.evaluate, lambda _: True)
    container = _term(right, known)
    if (item.kind, container.kind) != ("text", "set"):
        raise RuleError(f"'{ast.unparse(right)}' is not a list of choices to look in")
    _check_code(container, item)
    return _known_to_both(lambda value, chosen: value in chosen, item.evaluate, container.evaluate)


def _check_code(coded: _Term, other: _Term) -> None:
    """Refuse a literal that the fact beside it can never be: nearly always a misspelt code."""
    if coded.codes and other.literal is not None and other.literal not in coded.codes:
        raise RuleError(f"'{other.literal}' is not one of {', '.join(sorted(coded.codes))}")
