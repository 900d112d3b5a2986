"""The form of the first set-up, and that of the installation afterwards."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.access.forms import PASSWORD_HELP, TypedTwice, new_password
from accounts.access.models import Installation
from accounts.access.selectors import area
from accounts.access.services import InstallationFacts
from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.keys.services import KeyFacts
from accounts.keys.tables import SCOPE_LABELS
from accounts.regions.models import Level, Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.law.events import EVENT_LABELS
from konflik.notices.models import Gateway, Subscription
from konflik.notices.tables import HOOKED
from konflik.registry.services import GatewayFacts, SubscriptionFacts, is_setup_code

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
KEY_FACTS = ("owner", "name", "clearance", "days", "rate")


class InstallationForm(forms.ModelForm):
    """Letterhead and mail server. The password of the mail account is written, never shown."""

    mail_password = forms.CharField(
        label="kata sandi surel",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Disimpan terpisah dari data perkara. Kosongkan untuk memakai yang sudah tersimpan.",
    )

    class Meta:
        model = Installation
        fields = FACTS[1:]

    def facts(self, region: Region) -> InstallationFacts:
        """What was filled in, for the service; the `region` stays."""
        return InstallationFacts(region=region, **{name: self.cleaned_data[name] for name in FACTS[1:]})


class GatewayForm(forms.ModelForm):
    """The service for short messages. Its secret is written, never shown."""

    url = forms.URLField(
        label="alamat layanan", max_length=300, assume_scheme="https", help_text="Alamat lengkap yang dimulai dengan https://."
    )
    secret = forms.CharField(
        label="kunci rahasia",
        required=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Dari penyedia layanan. Disimpan terpisah dari data perkara dan tidak ditampilkan lagi. Kosongkan untuk memakai "
        "yang sudah tersimpan.",
    )

    class Meta:
        model = Gateway
        fields = ("name", "url", "is_active")

    def facts(self) -> GatewayFacts:
        """What was filled in, for the service."""
        return GatewayFacts(**{name: self.cleaned_data[name] for name in ("name", "url", "is_active")})


class KeyForm(forms.ModelForm):
    """What a new key may do, where, and for how long."""

    scopes = forms.MultipleChoiceField(label="cakupan", choices=[(scope.value, words) for scope, words in SCOPE_LABELS.items()])
    regions = forms.ModelMultipleChoiceField(
        Region.objects.none(), label="wilayah", help_text="Kunci tidak membaca apa pun di luar wilayah ini."
    )

    class Meta:
        model = ApiKey
        fields = KEY_FACTS

    @staticmethod
    def regions_for(user: User, *, at: datetime) -> QuerySet[Region]:
        """The provinces, kabupaten and kecamatan in which `user` manages keys."""
        inside = Region.objects.of_level(Level.PROVINCE, Level.KABUPATEN, Level.KECAMATAN)
        return inside.filter(area(user, Act.MANAGE_KEYS, via="", at=at), valid_until=None).order_by("code")

    def facts(self) -> KeyFacts:
        """What was filled in, for the service."""
        given = {name: self.cleaned_data[name] for name in KEY_FACTS}
        regions = tuple(sorted(region.pk for region in self.cleaned_data["regions"]))
        return KeyFacts(**given, scopes=tuple(self.cleaned_data["scopes"]), regions=regions)


class SubscriptionForm(forms.ModelForm):
    """Who is told of what: a key, an address, kinds of events."""

    url = forms.URLField(
        label="alamat penerima", max_length=300, assume_scheme="https", help_text="Alamat lengkap yang dimulai dengan https://."
    )
    events = forms.MultipleChoiceField(label="kejadian", choices=[(event.value, EVENT_LABELS[event]) for event in HOOKED])

    class Meta:
        model = Subscription
        fields = ("key", "url", "region")

    def facts(self) -> SubscriptionFacts:
        """What was filled in, for the service."""
        given = {name: self.cleaned_data[name] for name in ("key", "url", "region")}
        return SubscriptionFacts(**given, events=tuple(self.cleaned_data["events"]))


class SetUpForm(TypedTwice, forms.ModelForm):
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
    password1 = new_password("Kata sandi", help_text=PASSWORD_HELP)
    password2 = new_password("Ulangi kata sandi")
    mail_password = forms.CharField(
        label="Kata sandi surel",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Disimpan terpisah dari data perkara.",
    )

    class Meta:
        model = Installation
        fields = FACTS
        labels = {
            "region": "Kabupaten atau kota",
            "letterhead_government": "Baris pertama: pemerintah daerah",
            "letterhead_office": "Baris kedua: instansi",
            "letterhead_address": "Baris ketiga: alamat",
            "mail_host": "Alamat server surel (SMTP)",
            "mail_port": "Port",
            "mail_user": "Nama pengguna surel",
            "mail_from": "Alamat pengirim",
        }
        help_texts = {
            "letterhead_government": "Contoh: Pemerintah Kabupaten Batanghari.",
            "letterhead_office": "Contoh: Badan Kesatuan Bangsa dan Politik.",
            "mail_port": "587 bila tidak tahu; 465 bila server memakai SSL.",
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
