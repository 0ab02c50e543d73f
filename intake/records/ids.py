"""Names of things: ids that nobody can guess, references that can be said on the telephone."""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """128 bits of chance as 32 hexadecimal digits; says nothing about when or in which order."""
    return secrets.token_hex(16)


def new_reference() -> str:
    """A case's reference, such as K7M-2QF: no letter that looks or sounds like a digit, no order, no date."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"
