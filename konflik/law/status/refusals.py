"""What may not be done, with the article that forbids it. Each function answers every reason at once; nothing: it is lawful."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article, Practice
from konflik.law.grammar.reading import in_words
from konflik.law.status.criteria import unmet
from konflik.law.status.lengths import (
    CONSULT_BEFORE,
    LONGEST,
    LONGEST_EXTENSION,
    LONGEST_IN_ALL,
    consult_by,
    last_lawful_day,
    last_lawful_day_of_extension,
)
from konflik.law.status.scales import SCALE_RULES, Scale
from konflik.law.status.tni import TNI_ADVISERS


@dataclass(frozen=True)
class Refused:
    """Why something may not be done: the field that is wrong, what to do, the article."""

    field: str
    message: str
    basis: Article | Practice

    def __str__(self) -> str:
        return f"{self.message} Dasar: {self.basis}."


def may_declare(
    *, scale: Scale, effective_on: date, ends_on: date, decided_on: date, consulted_on: date | None, found: Collection[str]
) -> tuple[Refused, ...]:
    """Why a status may not be declared so. `found`: the codes of the signs that are on file."""
    rule = SCALE_RULES[scale]
    refusals = [Refused("criteria", f"Belum ada bukti bahwa {one.text}.", one.basis) for one in unmet(scale, found)]
    if consulted_on is None:
        refusals.append(Refused("consulted_on", f"Catat dahulu konsultasi dengan {_lower(rule.consulted)}.", rule.decided_basis))
    elif consulted_on > decided_on:
        refusals.append(Refused("consulted_on", "Konsultasi harus mendahului penetapan. Periksa kedua tanggal.", rule.decided_basis))
    if ends_on < effective_on:
        refusals.append(Refused("ends_on", "Tanggal berakhir tidak boleh sebelum tanggal mulai.", UU_7_2012.pasal(22)))
    if ends_on > last_lawful_day(effective_on):
        message = f"Status berlaku paling lama {LONGEST}. Tanggal terakhir yang sah {in_words(last_lawful_day(effective_on))}."
        refusals.append(Refused("ends_on", message, UU_7_2012.pasal(22)))
    return tuple(refusals)


def may_extend(
    *,
    scale: Scale,
    effective_on: date,
    ends_on: date,
    new_ends_on: date,
    decided_on: date,
    consulted_on: date | None,
    has_evaluation: bool,
    is_extended: bool,
) -> tuple[Refused, ...]:
    """Why a status in force from `effective_on` to `ends_on` may not be extended to `new_ends_on` by a decree of `decided_on`."""
    rule = SCALE_RULES[scale]
    refusals = _refuse_end(rule.extended_basis, effective_on=effective_on, ends_on=ends_on, new_ends_on=new_ends_on)
    if is_extended:
        message = "Status ini sudah pernah diperpanjang. Undang-undang tidak menyebut perpanjangan kedua."
        refusals.append(Refused("new_ends_on", message, Practice(rule.extended_basis)))
    if decided_on > ends_on:
        message = f"Status sudah berakhir pada {in_words(ends_on)} dan tidak dapat diperpanjang lagi. Tetapkan status baru bila syaratnya terpenuhi."
        refusals.append(Refused("decided_on", message, rule.extended_basis))
    if not has_evaluation:
        message = "Catat dahulu evaluasi terhadap laporan pengendalian keadaan konflik."
        refusals.append(Refused("evaluation", message, rule.extended_basis))
    if consulted_on is None or consulted_on < effective_on:
        message = f"Catat dahulu konsultasi dengan {_lower(rule.consulted)} tentang perpanjangan."
        refusals.append(Refused("consulted_on", message, rule.consulted_basis))
    elif consulted_on > decided_on:
        refusals.append(Refused("consulted_on", "Konsultasi harus mendahului perpanjangan. Periksa kedua tanggal.", rule.extended_basis))
    return tuple(refusals)


def _refuse_end(basis: Article, *, effective_on: date, ends_on: date, new_ends_on: date) -> list[Refused]:
    last = last_lawful_day_of_extension(effective_on=effective_on, ends_on=ends_on)
    if new_ends_on <= ends_on:
        return [Refused("new_ends_on", f"Tanggal berakhir yang baru harus sesudah {in_words(ends_on)}.", basis)]
    if new_ends_on > last:
        message = (
            f"Perpanjangan paling lama {LONGEST_EXTENSION}, seluruhnya paling lama {LONGEST_IN_ALL}. "
            f"Tanggal terakhir yang sah {in_words(last)}."
        )
        return [Refused("new_ends_on", message, basis)]
    return []


def extension_warnings(*, scale: Scale, effective_on: date, ends_on: date, consulted_on: date) -> tuple[Refused, ...]:
    """What does not forbid an extension and should be looked at by Bagian Hukum."""
    latest = consult_by(ends_on, effective_on=effective_on)
    if consulted_on <= latest:
        return ()
    message = (
        f"Konsultasi dilakukan sesudah {in_words(latest)}. Dalam tafsir yang aman, konsultasi selesai paling lambat "
        f"{CONSULT_BEFORE} sebelum status berakhir. Mintakan pendapat Bagian Hukum."
    )
    return (Refused("consulted_on", message, SCALE_RULES[scale].consulted_basis),)


def may_restrict(*, effective_on: date, ends_on: date, first_day: date, last_day: date) -> tuple[Refused, ...]:
    """Why a temporary measure may not run from `first_day` to `last_day` under a status from `effective_on` to `ends_on`."""
    if effective_on <= first_day <= last_day <= ends_on:
        return ()
    message = f"Tindakan pembatasan hanya sah selama status berlaku, {in_words(effective_on)} sampai {in_words(ends_on)}."
    return (Refused("last_day", message, UU_7_2012.pasal(26)),)


def may_ask_for_tni(*, is_in_force: bool, advised_by: Collection[str]) -> tuple[Refused, ...]:
    """Why the help of the TNI may not be asked for yet. `advised_by`: codes of `TNI_ADVISERS` whose considerations are on file."""
    refusals = []
    if not is_in_force:
        message = "Bantuan TNI hanya dapat diminta setelah Status Keadaan Konflik ditetapkan dan selama masih berlaku."
        refusals.append(Refused("status", message, PP_2_2015.pasal(40, "1")))
    refusals += [
        Refused("advised_by", f"Catat dahulu pertimbangan {_lower(one.text)}.", one.basis)
        for one in TNI_ADVISERS
        if one.code not in advised_by
    ]
    return tuple(refusals)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
