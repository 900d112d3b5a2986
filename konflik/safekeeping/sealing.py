"""Encryption of an archive with a passphrase, as a stream: any size, little memory, and a cut or changed file is refused.

The key comes from the passphrase by scrypt. The text is cut into chunks, each sealed by AES-256-GCM under a nonce that
counts the chunks and marks the last one, so that no chunk can be changed, moved, left out or cut off unseen.
"""

import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"KONFLIK-CADANGAN-1\n"
SALT_BYTES = 16
PREFIX_BYTES = 7
TAG_BYTES = 16
CHUNK_BYTES = 1024 * 1024
SHORTEST_PASSPHRASE = 12


class SealError(Exception):
    """The archive cannot be opened; the text says why, in Indonesian."""


def is_sealed(file: BinaryIO) -> bool:
    """Looks at the beginning of the file and goes back to it."""
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def key_of(passphrase: str, salt: bytes) -> bytes:
    """About 128 MB and a third of a second a try: dear for whoever guesses."""
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())


class SealedWriter:
    """A file to write to; `close()` seals the last chunk and leaves `target` open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise SealError(f"Kata sandi cadangan paling sedikit {SHORTEST_PASSPHRASE} karakter.")
        salt = secrets.token_bytes(SALT_BYTES)
        self._prefix = secrets.token_bytes(PREFIX_BYTES)
        self._cipher = AESGCM(key_of(passphrase, salt))
        self._header = MAGIC + salt + self._prefix
        self._target = target
        self._waiting = bytearray()
        self._count = 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Keeps back at least one byte, since only the end knows which chunk is the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def flush(self) -> None:
        """Nothing to do before the end."""

    def close(self) -> None:
        """Seals what is left as the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = nonce_of(self._prefix, self._count, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._count += 1


class SealedReader:
    """A file to read from. Raises SealError for a wrong passphrase and for a changed or cut archive."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._header = source.read(len(MAGIC) + SALT_BYTES + PREFIX_BYTES)
        if not self._header.startswith(MAGIC) or len(self._header) < len(MAGIC) + SALT_BYTES + PREFIX_BYTES:
            raise SealError("Berkas ini bukan cadangan terenkripsi.")
        salt = self._header[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = self._header[-PREFIX_BYTES:]
        self._cipher = AESGCM(key_of(passphrase, salt))
        self._source = source
        self._next = source.read(CHUNK_BYTES + TAG_BYTES)
        self._opened = bytearray()
        self._count = 0
        self._is_at_end = False

    def read(self, size: int = -1) -> bytes:
        """Like a file's read."""
        while not self._is_at_end and (size < 0 or len(self._opened) < size):
            self._open_next()
        end = len(self._opened) if size < 0 else size
        data = bytes(self._opened[:end])
        del self._opened[:end]
        return data

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._source.read(CHUNK_BYTES + TAG_BYTES)
        is_last = not self._next
        try:
            self._opened += self._cipher.decrypt(nonce_of(self._prefix, self._count, is_last=is_last), sealed, self._header)
        except InvalidTag as error:
            reason = "Kata sandi salah, atau cadangan rusak." if self._count == 0 else "Cadangan rusak atau terpotong."
            raise SealError(reason) from error
        self._count += 1
        self._is_at_end = is_last


def nonce_of(prefix: bytes, count: int, *, is_last: bool) -> bytes:
    """Twelve bytes that never come twice under one key."""
    return prefix + count.to_bytes(4, "big") + bytes([is_last])
