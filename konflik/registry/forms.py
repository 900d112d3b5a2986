"""The form of the first set-up, and that of the installation afterwards."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.access.models import Installation
from accounts.access.services import InstallationFacts
from accounts.regions.models import Level, Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.registry.services import is_setup_code

FACTS = (
    "region",
    "letterhead_government",
    "letterhead_office",
    "letterhead_address",
    "mail_host",
    "mail_port",
    "mail_user",
    "mail_from",
)
PASSWORD_HELP = "Paling sedikit 12 karakter. Jangan memakai nama sendiri, kata yang umum, atau angka saja."  # noqa: S105 - a help text


class InstallationForm(forms.ModelForm):
    """Letterhead and mail server. The password of the mail account is written, never shown."""

    mail_password = forms.CharField(
        label="kata sandi surel",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Disimpan di luar basis data. Kosongkan untuk memakai yang sudah tersimpan.",
    )

    class Meta:
        model = Installation
        fields = FACTS[1:]

    def facts(self, region: Region) -> InstallationFacts:
        """What was filled in, for the service; the `region` stays."""
        return InstallationFacts(region=region, **{name: self.cleaned_data[name] for name in FACTS[1:]})


class SetUpForm(forms.ModelForm):
    """Everything a system needs before the first login, on one page."""

    setup_code = forms.CharField(
        label="Kode penyiapan",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Tercetak bersama alamat saat sistem dijalankan, dan tersimpan dalam berkas setup_code di direktori data.",
    )
    name = forms.CharField(label="Nama lengkap", max_length=120)
    username = forms.CharField(label="Nama pengguna", max_length=60, help_text="Huruf kecil, angka, titik, atau tanda hubung, tanpa spasi.")
    email = forms.EmailField(label="Alamat surel", required=False, help_text="Dipakai untuk masuk dan untuk tautan kata sandi baru.")
    password1 = forms.CharField(
        label="Kata sandi", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text=PASSWORD_HELP
    )
    password2 = forms.CharField(label="Ulangi kata sandi", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    mail_password = forms.CharField(
        label="Kata sandi surel",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Disimpan di luar basis data.",
    )

    class Meta:
        model = Installation
        fields = FACTS
        labels = {
            "region": "Kabupaten atau kota",
            "letterhead_government": "Baris pertama: pemerintah daerah",
            "letterhead_office": "Baris kedua: instansi",
            "letterhead_address": "Baris ketiga: alamat",
            "mail_host": "Alamat peladen",
            "mail_port": "Porta",
            "mail_user": "Nama pengguna surel",
            "mail_from": "Alamat pengirim",
        }
        help_texts = {
            "letterhead_government": "Contoh: Pemerintah Kabupaten Batanghari.",
            "letterhead_office": "Contoh: Badan Kesatuan Bangsa dan Politik.",
            "mail_port": "587 bila tidak tahu; 465 bila peladen memakai SSL.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Drawn in groups; what is chosen is still looked up in the table.
        self.fields["region"].widget.choices = [("", "Pilih kabupaten atau kota"), *_by_province()]

    def clean_setup_code(self) -> str:
        """The one of this installation."""
        if not is_setup_code(self.cleaned_data["setup_code"]):
            raise ValidationError("Kode penyiapan tidak cocok. Lihat layar tempat sistem dijalankan.")
        return self.cleaned_data["setup_code"]

    def clean_password2(self) -> str:
        """Twice the same."""
        if self.cleaned_data.get("password1") not in (None, self.cleaned_data["password2"]):
            raise ValidationError("Kedua kata sandi tidak sama.")
        return self.cleaned_data["password2"]

    def clean(self) -> dict[str, Any]:
        """The password must be good for this very person."""
        given = super().clean() or self.cleaned_data
        if "password1" in given:
            person = User(username=given.get("username", ""), name=given.get("name", ""), email=given.get("email", ""))
            try:
                validate_password(given["password1"], person)
            except ValidationError as weak:
                self.add_error("password1", weak)
        return given

    def _post_clean(self) -> None:
        """The rules of the whole row are the service's to explain."""

    def facts(self) -> InstallationFacts:
        """What the service writes about the installation."""
        return InstallationFacts(**{name: self.cleaned_data[name] for name in FACTS})

    def administrator(self) -> UserFacts:
        """What the service writes about the first login."""
        return UserFacts(**{name: self.cleaned_data[name] for name in ("username", "name", "email")})


def _by_province() -> list[tuple[str, list[tuple[str, str]]]]:
    found = Region.objects.of_level(Level.KABUPATEN).filter(valid_until=None).order_by("code").values_list("province__name", "code", "name")
    return [(province, [(code, name) for _, code, name in rows]) for province, rows in groupby(found, key=lambda row: row[0])]
