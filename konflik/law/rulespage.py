"""The page of all limits for Bagian Hukum, written to docs/rules.md."""

from collections.abc import Iterable, Iterator, Mapping

from konflik.law.deadlines.not_limits import NOT_LIMITS
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.grammar.policies import FirstPolicy
from konflik.law.grammar.reading import in_words
from konflik.law.offices import OFFICE_LABELS
from konflik.law.reading import counted_in_words, example_in_words, offices_in_words, started_in_words, warned_in_words
from konflik.law.rulebook import ALL_CHAPTERS

HEAD = """\
# Daftar tenggat

Daftar ini dibuat oleh sistem dari aturan yang dipakainya; jangan disunting dengan tangan.

**Wajib diperiksa Bagian Hukum.** Cocokkan setiap pasal, bunyi, angka, dan cara menghitung dengan naskah di JDIH sebelum sistem dipakai
untuk mengambil keputusan. Undang-undang tidak mengatur cara menghitung hari; cara yang dipakai di sini adalah kesepakatan yang dapat
diubah Bagian Hukum.

- **Menurut naskah**: angkanya dibaca dalam naskah peraturan dan hanya berubah bersama peraturan itu.
- **Praktik, perlu dikonfirmasi**: angkanya diketahui dari salinan tidak resmi atau dari kebiasaan. Angka itu tersimpan sebagai kebijakan
  bertanggal yang dapat diganti atau dikukuhkan di halaman admin.
- **Belum ada angkanya**: peraturan mewajibkan tanpa menyebut waktu. Tenggat baru berjalan setelah angkanya dicatat bersama keputusan yang
  mendasarinya.
- **Bunyi** berarti kutipan; titik-titik berarti bagian yang dilewati. **Pokok aturan** berarti ringkasan, bukan kutipan.
- "Hari" berarti hari kalender dan tidak bergeser karena libur. "Hari kerja" berarti Senin sampai Jumat di luar libur nasional, cuti
  bersama, dan libur daerah yang dicatat.
"""

STRENGTH_WORDS = {
    Strength.TEXT: "menurut naskah",
    Strength.PRACTICE: "praktik, perlu dikonfirmasi",
    Strength.OPEN: "belum ada angkanya",
}


def rules_page(policies: Iterable[FirstPolicy]) -> str:
    """The whole page; `policies` are the first figures of limits that no text fixes."""
    by_code = {row.code: row for row in policies}
    lines = [HEAD]
    for chapter in ALL_CHAPTERS:
        lines += [f"## {chapter.title}", ""]
        for rule in chapter.rules:
            lines += [*_rule(rule, by_code), ""]
    return "\n".join([*lines, *_not_limits()]) + "\n"


def _rule(rule: DeadlineRule, policies: Mapping[str, FirstPolicy]) -> Iterator[str]:
    number = f" · {rule.number}" if rule.number else ""
    yield f"### {rule.title}"
    yield ""
    yield f"`{rule.code}`{number} · {STRENGTH_WORDS[rule.strength]}"
    yield ""
    yield f"- Dasar: {rule.basis}"
    yield f"- {'Bunyi' if rule.is_quoted else 'Pokok aturan'}: {rule.text}"
    yield f"- Mulai dihitung: {started_in_words(rule)}"
    yield f"- Cara menghitung: {counted_in_words(rule.clock)}"
    if policy := policies.get(rule.code):
        yield f"- Kebijakan awal: {_policy(policy)}"
    yield f"- Kewajiban: {OFFICE_LABELS[rule.duty_of]}"
    if rule.addressed_to:
        yield f"- Disampaikan kepada: {rule.addressed_to}"
    if rule.told:
        yield f"- Ikut diingatkan: {offices_in_words(rule.told)}"
    yield f"- Pengingat: {warned_in_words(rule)}"
    if rule.since or rule.until:
        yield f"- Berlaku: {_in_force(rule)}"
    if rule.example:
        yield f"- Contoh: {example_in_words(rule.example)}"


def _policy(policy: FirstPolicy) -> str:
    if policy.span is None:
        return f"{policy.basis}."
    figure = str(policy.span) if policy.number else "pada hari terakhir masa itu"
    return f"{figure}, berlaku sejak {in_words(policy.valid_from)}, belum dikonfirmasi. {policy.basis}."


def _in_force(rule: DeadlineRule) -> str:
    begins = f"sejak {in_words(rule.since)}" if rule.since else ""
    ends = f"sampai {in_words(rule.until)}" if rule.until else ""
    return f"{begins} {ends}".strip()


def _not_limits() -> Iterator[str]:
    yield "## Tidak dijadikan tenggat"
    yield ""
    yield "| Nomor | Hal | Dasar | Alasan |"
    yield "|---|---|---|---|"
    yield from (f"| {row.number} | {row.what} | {row.basis} | {row.why} |" for row in NOT_LIMITS)
