"""The five sources of conflict, a closed list (UU 7/2012 Pasal 5 huruf a-e)."""

from enum import StrEnum

from konflik.law.grammar.basis import UU_7_2012, Article


class Source(StrEnum):
    POLEKSOSBUD = "a"
    SARA = "b"
    BATAS_WILAYAH = "c"
    SUMBER_DAYA_ALAM = "d"
    DISTRIBUSI_SDA = "e"


SOURCE_TEXTS: dict[Source, str] = {
    Source.POLEKSOSBUD: "permasalahan yang berkaitan dengan politik, ekonomi, dan sosial budaya",
    Source.SARA: "perseteruan antarumat beragama dan/atau interumat beragama, antarsuku, dan antaretnis",
    Source.BATAS_WILAYAH: "sengketa batas wilayah desa, kabupaten/kota, dan/atau provinsi",
    Source.SUMBER_DAYA_ALAM: "sengketa sumber daya alam antarmasyarakat dan/atau antarmasyarakat dengan pelaku usaha",
    Source.DISTRIBUSI_SDA: "distribusi sumber daya alam yang tidak seimbang dalam masyarakat",
}

SOURCE_LABELS: dict[Source, str] = {
    Source.POLEKSOSBUD: "Politik, ekonomi, dan sosial budaya",
    Source.SARA: "Antarumat beragama, antarsuku, antaretnis",
    Source.BATAS_WILAYAH: "Batas wilayah",
    Source.SUMBER_DAYA_ALAM: "Sumber daya alam",
    Source.DISTRIBUSI_SDA: "Distribusi sumber daya alam",
}


def article_of(source: Source) -> Article:
    """The letter of Pasal 5 that a source stands in."""
    return UU_7_2012.pasal(5, huruf=source.value)
