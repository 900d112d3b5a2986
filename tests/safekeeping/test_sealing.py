"""The seal: any size comes back, any change is refused."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konflik.safekeeping import sealing
from konflik.safekeeping.sealing import SealedReader, SealedWriter, SealError

PASSPHRASE = "kuda besi melompat pagar"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small chunks, so that few bytes make many; a cheap key, since its price is not the question here."""
    monkeypatch.setattr(sealing, "CHUNK_BYTES", 16)
    monkeypatch.setattr(sealing, "key_of", lambda passphrase, salt: (passphrase.encode() + salt).ljust(32, b"\0")[-32:])


def sealed(data: bytes, *pieces: int) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE)
    rest = io.BytesIO(data)
    for piece in pieces:
        writer.write(rest.read(piece))
    writer.write(rest.read())
    writer.close()
    return target.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return SealedReader(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 33, 500])
@pytest.mark.parametrize("pieces", [(), (1,), (16,), (7, 30)])
def test_comes_back(size: int, pieces: tuple[int, ...]) -> None:
    data = bytes(range(256)) * 2
    assert opened(sealed(data[:size], *pieces)) == data[:size]


def test_small_reads_give_the_same() -> None:
    data = bytes(range(100))
    reader = SealedReader(io.BytesIO(sealed(data)), PASSPHRASE)
    assert b"".join(iter(lambda: reader.read(7), b"")) == data


@settings(max_examples=200, deadline=None)
@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(min_value=0, max_value=7))
def test_one_changed_bit_anywhere_is_refused(place: int, bit: int) -> None:
    whole = bytearray(sealed(bytes(100)))
    whole[place % len(whole)] ^= 1 << bit
    with pytest.raises(SealError):
        opened(bytes(whole))


def test_any_cut_is_refused() -> None:
    whole = sealed(bytes(100))
    for end in range(len(whole)):
        with pytest.raises(SealError):
            opened(whole[:end])


def test_exchanged_chunks_are_refused() -> None:
    whole = sealed(bytes(range(64)))
    start, step = len(whole) - 4 * 32, 32
    first, second = whole[start : start + step], whole[start + step : start + 2 * step]
    with pytest.raises(SealError):
        opened(whole[:start] + second + first + whole[start + 2 * step :])


def test_the_wrong_passphrase_is_said_so() -> None:
    with pytest.raises(SealError, match="Kata sandi salah"):
        opened(sealed(b"rahasia"), "bukan kata sandinya")


def test_the_text_is_not_in_the_archive() -> None:
    assert b"rahasia" not in sealed(b"rahasia" * 20)
    assert sealed(b"rahasia") != sealed(b"rahasia")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(SealError, match="12 karakter"):
        SealedWriter(io.BytesIO(), "pendek")
