"""The pages of coming in that allauth does not have, or that need a word more than its own."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, PasswordResetView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access.forms import ChoosePasswordForm
from accounts.access.selectors import is_fresh, mail_server
from accounts.users.selectors import user_of_link
from accounts.users.services import set_password_by_link

DEMO_BANNER = "Mode contoh: verifikasi dua langkah tidak diwajibkan. Jangan mencatat perkara sungguhan di sini."


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the banner of the demo, and whether the session still owes its second factor."""
    return {"demo_banner": DEMO_BANNER if settings.DEMO else "", "is_confined": getattr(request, "is_confined", False)}


class Login(LoginView):
    """The login page; on a system without any user it leads to the set-up."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Shows the form."""
        return redirect("setup") if is_fresh() else super().get(request, *args, **kwargs)


class ForgottenPassword(PasswordResetView):
    """Asks for the e-mail address; without a mail server it says who can help instead."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template reads."""
        return super().get_context_data(**kwargs) | {"can_mail": mail_server() is not None}


class ActivateApp(ActivateTOTPView):
    """Typing the first code proves the factor in this session."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Saves, then remembers the proof."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.TOTP.value)
        return answer


class AddKey(AddWebAuthnView):
    """Touching the new key proves the factor in this session."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Saves, then remembers the proof."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.WEBAUTHN.value)
        return answer


class DownloadSpareCodes(DownloadRecoveryCodesView):
    """Under a name that a reader understands."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """A text file."""
        answer = super().render_to_response(context, **options)
        answer["Content-Disposition"] = 'attachment; filename="kode-cadangan.txt"'
        return answer


class RemoveKey(RemoveWebAuthnView):
    """allauth asks before an app is taken off, not before a key is; here it is asked too."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Removes the key, or says why it must stay."""
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
def choose_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """A one-time link: choose a password, then log in with it. A second factor that was set up stays set up."""
    user = user_of_link(uid=uid, token=token)
    if user is None:
        return render(request, "account/link_ended.html", status=404)
    form = ChoosePasswordForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "account/choose_password.html", {"form": form, "person": user}, status=400 if form.is_bound else 200)
    if not set_password_by_link(uid=uid, token=token, password=form.cleaned_data["password1"]):
        return render(request, "account/link_ended.html", status=404)
    messages.success(request, "Kata sandi tersimpan. Masuklah dengan kata sandi baru.")
    return redirect("account_login")
