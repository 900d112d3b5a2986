"""The four levels of government on which the law forms bodies and names duties (UU 23/2014 Pasal 2)."""

from enum import IntEnum


class Depth(IntEnum):
    """How deep a region lies in the tree; equal to the number of parts of its Kemendagri code."""

    PROVINCE = 1
    KABUPATEN = 2
    KECAMATAN = 3
    DESA = 4
