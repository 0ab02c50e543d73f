"""How a request came to be: through which signed link, and whether staff filled it in for somebody. Pure."""

from dataclasses import dataclass

CHANNELS = ("phone", "drop_in", "paper")
"""How staff got the answers they filled in: read out on the telephone, told at the desk, or written on paper."""


@dataclass(frozen=True)
class Assisted:
    """Staff fill in a draft for somebody: by which channel, which user, and the proof that a staff process let them.

    `proof` is what `sealing.vouching` makes of the draft, the channel and the user; only the private key makes one.
    """

    channel: str
    by: str
    proof: str


@dataclass(frozen=True)
class Origin:
    """Where a draft began: `link` is the id of a signed link, empty without one; `assisted` is None for most people."""

    link: str = ""
    assisted: Assisted | None = None
