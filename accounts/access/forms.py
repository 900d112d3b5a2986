"""The forms of coming in: allauth's, in our words."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.users.models import User

NEW_PASSWORD = "Kata sandi baru"  # noqa: S105 - a label
AGAIN = "Ulangi kata sandi baru"
PASSWORD_HELP = "Paling sedikit 12 karakter. Jangan memakai nama sendiri, kata yang umum, atau angka saja."  # noqa: S105 - a help text
DIFFERENT = "Kedua kata sandi tidak sama."
CODE_HELP = "Enam angka dari aplikasi autentikator."
CODE_OR_SPARE_HELP = "Enam angka dari aplikasi autentikator, atau satu kode cadangan."


def _say(form: forms.Form, labels: Mapping[str, str], helps: Mapping[str, str] | None = None) -> None:
    """Give the fields our labels and helps; allauth's placeholders go, since they repeat the label."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.help_text = (helps or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


def new_password(label: str, *, help_text: str = "") -> forms.CharField:
    """A field for a password that somebody chooses; blanks belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text)


class TypedTwice:
    """For forms in which a new password is typed twice, as `password1` and `password2`."""

    cleaned_data: dict[str, Any]

    def clean_password2(self) -> str:
        """Twice the same."""
        if self.cleaned_data.get("password1") not in (None, self.cleaned_data["password2"]):
            raise ValidationError(DIFFERENT)
        return self.cleaned_data["password2"]


class LoginForm(account.LoginForm):
    """User name or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": "Nama pengguna atau surel", "password": "Kata sandi"})
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": "Kata sandi"})


class ResetPasswordForm(account.ResetPasswordForm):
    """Where the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": "Alamat surel"})


class ChangePasswordForm(account.ChangePasswordForm):
    """The old one, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": "Kata sandi sekarang", "password1": NEW_PASSWORD, "password2": AGAIN}
        _say(self, labels, {"password1": PASSWORD_HELP})


class ChoosePasswordForm(TypedTwice, forms.Form):
    """The first password, or a new one, through a one-time link."""

    password1 = new_password(NEW_PASSWORD, help_text=PASSWORD_HELP)
    password2 = new_password(AGAIN)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        """Strong enough for this person."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]


class AsksForCode:
    """For forms with a field for the code of an app."""

    code_help = CODE_OR_SPARE_HELP

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": "Kode"}, {"code": self.code_help})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class SecondFactorForm(AsksForCode, factor.AuthenticateForm):
    """The second step of logging in."""


class SecondFactorAgainForm(AsksForCode, factor.ReauthenticateForm):
    """The second step once more."""


class ActivateAppForm(AsksForCode, totp.ActivateTOTPForm):
    """The first code of a new app."""

    code_help = CODE_HELP


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A name for a new key; the key itself answers in the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"name": "Nama kunci"}, {"name": "Agar mudah dikenali, misalnya: Kunci USB kantor."})
        self.fields["name"].required = True


class RenameKeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"name": "Nama kunci"})
