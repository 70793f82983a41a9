"""Identifiers that a phone without network can make and that a database can sort.

UUIDv7 begins with the time, so rows written together stay together in the index, and two devices never
choose the same one. Python 3.11 has no `uuid.uuid7` (3.14 has); the package `uuid6` follows RFC 9562, which
the package called `uuid7` does not. The time can be read back from the id: a public link never shows one.
"""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> UUID:
    """A new UUIDv7, as the standard library's own class so that every database driver knows it."""
    return UUID(int=uuid7().int)
