"""Passwords: which are accepted, how they are kept (argon2id), and how they are compared.

Comparing takes the same time for known and unknown people.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import BadInput, Unavailable
from core.i18n import Message

MINIMUM_LENGTH = 8
# argon2 needs the whole password; a very long one would only serve to keep the processor busy.
MAXIMUM_LENGTH = 200

# The ones that guessers try first and that are long enough to pass the length rule.
COMMON = frozenset(
    """
    12345678 123456789 1234567890 12345678910 0123456789 0987654321 87654321 987654321 9876543210 11111111 00000000
    88888888 66666666 99999999 12341234 11223344 11112222 12344321 123123123 123321123 147258369 123654789 741852963
    password password1 password12 password123 passw0rd p@ssw0rd p@ssword qwertyui qwertyuiop qwerty123 qwer1234
    1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 zaq12wsx asdfghjk asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123 abcd1234 abc12345
    abcdefgh a1234567 a12345678 a123456789 aa123456 aa12345678 qq123456 qq123456789 woaini1314 woaini520 5201314520
    iloveyou iloveyou1 admin123 admin1234 admin888 admin12345 administrator welcome1 welcome123 letmein1 changeme
    changeme1 sunshine princess football baseball superman computer internet trustno1
    """.split()  # noqa: SIM905  (a list of eighty quoted strings is harder to read)
)

_hasher = PasswordHasher()
# Each hash takes about 64 MB; more than two at once would let a queue of strangers fill the memory.
_slots = threading.BoundedSemaphore(2)
_PATIENCE_SECONDS = 10.0


def check(password: str, login: str) -> None:
    """Raises `BadInput` when `password` is too short, too long, the login itself or one of the most common."""
    if len(password) < MINIMUM_LENGTH:
        raise BadInput(Message("密码至少需要 {minimum} 个字符。", minimum=MINIMUM_LENGTH))
    if len(password) > MAXIMUM_LENGTH:
        raise BadInput(Message("密码最多 {maximum} 个字符。", maximum=MAXIMUM_LENGTH))
    if password.casefold() == login.casefold():
        raise BadInput(Message("密码不能与登录名相同。"))
    if password.casefold() in COMMON or len(set(password)) == 1:
        raise BadInput(Message("这个密码太常见，容易被猜到。请换一个，例如几个不相关的词连在一起。"))


def hashed(password: str) -> str:
    """The argon2id hash of `password`, with its salt and parameters, to be stored."""
    with _slot():
        return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether `password` belongs to the hash `stored`.

    Takes as long for an empty or broken hash, which match nothing.
    """
    with _slot():
        try:
            return _hasher.verify(stored or _nobodys(), password[:MAXIMUM_LENGTH]) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def outdated(stored: str) -> bool:
    """Whether `stored` was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable(Message("同时登录的人太多，请稍候再试。"))
    try:
        yield
    finally:
        _slots.release()
