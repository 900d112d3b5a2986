"""How a rule names its article."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """One place in one law, printed as a clerk cites it: "UU 7/2012 Pasal 30 ayat (1)"."""

    law: str
    pasal: str
    ayat: str = ""
    huruf: str = ""

    def __str__(self) -> str:
        ayat = f" ayat ({self.ayat})" if self.ayat else ""
        huruf = f" huruf {self.huruf}" if self.huruf else ""
        return f"{self.law} Pasal {self.pasal}{ayat}{huruf}"


@dataclass(frozen=True)
class Practice:
    """A convention of ours that no article orders, never dressed up as law. `near` is the article it serves."""

    near: Article

    def __str__(self) -> str:
        return f"kebijakan daerah, perlu dikonfirmasi; bertalian dengan {self.near}"


@dataclass(frozen=True)
class Law:
    """One law by its short name; `pasal()` makes its articles."""

    name: str

    def pasal(self, number: int | str, ayat: str = "", huruf: str = "") -> Article:
        return Article(self.name, str(number), ayat, huruf)


UU_7_2012 = Law("UU 7/2012")
PP_2_2015 = Law("PP 2/2015")
UU_23_2014 = Law("UU 23/2014")
PP_12_2022 = Law("PP 12/2022")
UU_14_2008 = Law("UU 14/2008")
UU_17_2011 = Law("UU 17/2011")
UU_27_2022 = Law("UU 27/2022")
UU_43_2009 = Law("UU 43/2009")
UU_35_2009 = Law("UU 35/2009")
PP_5_2009 = Law("PP 5/2009")
PP_5_2009_AMENDED = Law("PP 5/2009 jo. 83/2012 jo. 1/2018")
PP_58_2016 = Law("PP 58/2016")
PP_61_2010 = Law("PP 61/2010")
PERMENDAGRI_42_2015 = Law("Permendagri 42/2015")
PERMENDAGRI_2_2018 = Law("Permendagri 2/2018 jo. 46/2019")
PERMENDAGRI_34_2006 = Law("Permendagri 34/2006")
PERMENDAGRI_49_2010 = Law("Permendagri 49/2010 dan 50/2010")
PERMENDAGRI_61_2011 = Law("Permendagri 61/2011")
PERMENDAGRI_12_2019 = Law("Permendagri 12/2019")
PBM_2006 = Law("PBM 9 dan 8/2006")
