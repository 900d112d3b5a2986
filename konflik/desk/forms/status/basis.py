"""What comes before a decree, and the decree: criteria with evidence, consultation, declaration."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.regions.models import Region
from accounts.regions.selectors import office_at, zone_of
from konflik.desk.forms.amending import MORE_PLACES, NO_REGION
from konflik.desk.forms.base import ActionForm
from konflik.desk.forms.fields import DayField, LongTextField, SearchField, WordField
from konflik.desk.selectors.cockpit.offers import RUNNING
from konflik.desk.selectors.finding import regions_like
from konflik.desk.tables.cockpit import Needed, Offer
from konflik.desk.tables.words import long_date, sentence
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012
from konflik.law.offices import Office
from konflik.law.stages import Stage
from konflik.law.status import CONDITIONS, LONGEST, REQUIREMENTS, SCALE_LABELS, SCALE_RULES, Scale, last_lawful_day
from konflik.status.models import ConflictStatus
from konflik.status.selectors.lawful import missing_criteria, open_consultation, standing_assessment
from konflik.status.selectors.reading import latest_status, running_status
from konflik.status.services import Decree, assess_criteria, declare, record_consultation
from konflik.status.tables import PURPOSE_LABELS, Purpose

CONDITION_TEXTS = {condition.code: condition.text for condition in CONDITIONS}


class CriteriaForm(ActionForm):
    """Both conditions, sign by sign, each with its evidence; what is left empty was not found."""

    submit_label = "Simpan penilaian"
    tells = (Event.STATUS_ASSESSED,)
    intro = (
        "Kedua syarat UU 7/2012 Pasal 14 harus terpenuhi. Tuliskan bukti pada setiap tanda yang ditemukan, misalnya nomor laporan "
        "dan tanggalnya. Yang dikosongkan berarti belum terbukti; penilaian dapat disimpan walaupun belum lengkap."
    )

    scale = WordField(kind=Scale, labels=SCALE_LABELS, short=True, label="Skala (UU 7/2012 Pasal 15)")
    assessed_by = forms.CharField(label="Dinilai oleh (jabatan atau forum)", max_length=160)

    def build(self) -> None:
        self.fields["assessed_at"] = self.instant(label="Dinilai pada")
        self.codes: list[str] = []
        for requirement in REQUIREMENTS:
            for sign in requirement.signs:
                note = f"Hanya untuk {' dan '.join(SCALE_LABELS[scale].lower() for scale in sign.scales)}." if sign.scales else ""
                self.fields[sign.code] = LongTextField(label=sentence(sign.text), rows=2, max_length=4000, required=False, help_text=note)
                self.codes.append(sign.code)
            first = self.part(requirement.signs[0].code)
            first.heading = f"{CONDITION_TEXTS[requirement.condition]}: {requirement.text} ({requirement.basis})"

    def state(self, row: Any) -> dict[str, object]:
        latest = standing_assessment(self.case)
        state: dict[str, object] = {"scale": Scale.KABUPATEN.value, "assessed_at": self.now}
        if latest is not None:
            state |= {"scale": latest.scale, "assessed_by": latest.assessed_by}
            state |= {sign.sign: sign.evidence for sign in latest.signs.all()}
        return state

    def save(self) -> str:
        data = self.cleaned_data
        evidence = {code: data[code] for code in self.codes if data[code]}
        named = {name: data[name] for name in ("scale", "assessed_by", "assessed_at")}
        assessment = assess_criteria(case=self.case, evidence=evidence, actor=self.user, now=self.now, **named)
        missing = missing_criteria(assessment)
        return f"Tersimpan. {len(missing)} syarat belum terbukti." if missing else "Tersimpan. Semua syarat terbukti."


EITHER = "Isi nomor berita acara atau pokok pembicaraan, sedikitnya salah satu."


class ConsultForm(ActionForm):
    """That the leaders of the DPRD were consulted: about a declaration, or about the extension of the status there is."""

    submit_label = "Simpan konsultasi"
    tells = (Event.STATUS_CONSULTED,)
    intro = "Konsultasi bukan persetujuan: undang-undang hanya mensyaratkan bahwa pimpinan DPRD diajak berkonsultasi lebih dahulu."

    purpose = WordField(kind=Purpose, labels=PURPOSE_LABELS, short=True, label="Tentang")
    held_on = DayField(label="Tanggal konsultasi")
    counterpart = forms.CharField(label="Dengan siapa (jabatan)", max_length=200, help_text="Misalnya: Ketua dan Wakil Ketua DPRD.")
    minutes = forms.CharField(label="Nomor berita acara", max_length=120, required=False, help_text=EITHER)
    notes = LongTextField(label="Pokok pembicaraan", rows=4, max_length=8000, required=False, help_text=EITHER)

    def build(self) -> None:
        self.running = running_status(self.case, at=self.now)

    def state(self, row: Any) -> dict[str, object]:
        purpose = Purpose.EXTENSION if self.running else Purpose.DECLARATION
        return {"purpose": purpose.value, "held_on": timezone.localdate(self.now, zone_of(self.case.kabupaten))}

    def save(self) -> str:
        about = self.running if self.cleaned_data["purpose"] is Purpose.EXTENSION else None
        record_consultation(case=self.case, status=about, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Konsultasi dengan pimpinan DPRD dicatat."


class DeclareForm(ActionForm):
    """The decree by which a status is declared."""

    submit_label = "Simpan penetapan"
    tells = (Event.STATUS_DECLARED,)

    number = forms.CharField(label="Nomor keputusan", max_length=120)
    decided_on = DayField(label="Tanggal keputusan")
    decided_by = forms.CharField(label="Ditetapkan oleh (jabatan)", max_length=160)

    def build(self) -> None:
        assessment = standing_assessment(self.case)
        self.scale = Scale(assessment.scale) if assessment else Scale.KABUPATEN
        rule = SCALE_RULES[self.scale]
        latest = latest_status(self.case)
        self.refusal = "" if latest is None or latest.is_over(self.now) else RUNNING
        self.on_file = [
            Needed(
                "Perkara pada tahap penghentian",
                str(UU_7_2012.pasal(12)),
                self.case.stage == Stage.PENGHENTIAN,
                Offer("move", "Pindahkan ke penghentian", Stage.PENGHENTIAN.value),
            ),
            Needed(
                "Syarat Pasal 14 dengan bukti",
                str(UU_7_2012.pasal(14)),
                not missing_criteria(assessment),
                Offer("status-criteria", "Nilai syarat status"),
            ),
            Needed(
                f"Konsultasi dengan {rule.consulted}",
                str(rule.decided_basis),
                open_consultation(self.case, Purpose.DECLARATION) is not None,
                Offer("status-consult", "Catat konsultasi DPRD"),
            ),
        ]
        decree_fields(self, [place.region for place in self.case.places.all()])

    def state(self, row: Any) -> dict[str, object]:
        office = office_at(Office.KEPALA_DAERAH, self.case.kabupaten)
        return {
            "decided_by": f"{office} {self.case.kabupaten.name.partition(' ')[2]}".strip(),
            "areas": [place.region_id for place in self.case.places.all()],
        }

    def save(self) -> str:
        areas = areas_of(self, [place.region for place in self.case.places.all()])
        named = {name: self.cleaned_data[name] for name in DECREE}
        status: ConflictStatus = declare(case=self.case, decree=Decree(areas=areas, **named), actor=self.user, now=self.now)
        return f"Tersimpan. Status Keadaan Konflik ditetapkan untuk {status.days} hari."


DECREE = ("number", "decided_on", "decided_by", "effective_at", "ends_on", "note")
"""What a form asks of a decree beside its areas."""


def decree_fields(form: ActionForm, areas: list[Region], *, since: date | None = None) -> None:
    """From when to when a decree holds (as entered: `since`), and where: one of `areas`, or any region by its name."""
    form.fields["effective_at"] = form.instant(label="Berlaku sejak")
    first = since or timezone.localdate(form.now, zone_of(form.case.kabupaten))
    when = long_date(since) if since else "hari ini"
    form.fields["ends_on"] = DayField(
        label="Hari terakhir",
        help_text=f"Paling lama {LONGEST} termasuk hari mulai (UU 7/2012 Pasal 22). Berakhir pukul 24.00 pada hari itu. "
        f"Bila berlaku sejak {when}, paling lambat {long_date(last_lawful_day(first))}.",
    )
    form.fields["areas"] = forms.MultipleChoiceField(
        label="Wilayah",
        choices=[(region.pk, str(region)) for region in areas],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Pilih wilayah dari daftar."},
    )
    form.part("areas").is_needed = True
    for index, name in enumerate(MORE_PLACES, start=1):
        form.fields[name] = SearchField(
            finder=lambda text: regions_like(text, at=form.now),
            nothing=NO_REGION,
            address="desk:regions",
            label=f"Tambah wilayah {index}",
            required=False,
            help_text="Nama desa, kecamatan, atau kode wilayah.",
        )
    form.fields["note"] = LongTextField(label="Keterangan", rows=3, max_length=4000, required=False)


def areas_of(form: ActionForm, areas: list[Region]) -> list[Region]:
    """The areas that were ticked among `areas`, and those that were named beside."""
    data = form.cleaned_data
    return [*(region for region in areas if region.pk in data["areas"]), *(data[name] for name in MORE_PLACES if data[name])]
