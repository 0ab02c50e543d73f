"""The first key of the audit log: made by chance, and sealed to the auditor, who alone can open it again."""

import os
from dataclasses import dataclass

from intake.sealing.seal import canonical, seal

KEY_BYTES = 32


@dataclass(frozen=True)
class AuditKeyContext:
    """The first key of an audit log; there is one in an installation."""

    def encoded(self) -> bytes:
        """The context as canonical JSON."""
        return canonical(["intake-audit-key-v1"])


def new_audit_key(auditor: bytes) -> tuple[bytes, bytes]:
    """A new first key, and the same sealed to the public key `auditor`; SettingsError if that is not a key."""
    key = os.urandom(KEY_BYTES)
    return key, seal(auditor, key, AuditKeyContext())
