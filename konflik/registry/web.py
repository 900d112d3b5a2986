"""The first page of a new system, and the list of what to enter next."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access.selectors import is_fresh
from accounts.access.tables import Act
from accounts.users.models import User
from accounts.users.services import set_password
from konflik.registry import services
from konflik.registry.forms import SetUpForm
from konflik.registry.selectors import progress

GROUPS = (
    ("Kode penyiapan", "Hanya pengelola komputer ini yang menyiapkan sistem.", ("setup_code",)),
    ("Daerah", "Sistem ini untuk satu kabupaten atau kota.", ("region",)),
    (
        "Kop surat",
        "Tercetak di atas lembar untuk kepala daerah dan surat-surat.",
        ("letterhead_government", "letterhead_office", "letterhead_address"),
    ),
    (
        "Administrator pertama",
        "Orang ini membuat akun bagi yang lain. Untuk perkara, beri penugasan kepada sekretaris dan staf.",
        ("name", "username", "email", "password1", "password2"),
    ),
    (
        "Server surel (SMTP)",
        "Boleh diisi nanti. Tanpa server surel, tautan masuk tampil di layar untuk disampaikan langsung.",
        ("mail_host", "mail_port", "mail_user", "mail_password", "mail_from"),
    ),
)


@login_not_required
@never_cache
@sensitive_post_parameters("setup_code", "password1", "password2", "mail_password")
def set_up(request: HttpRequest) -> HttpResponse:
    """The set-up page: there while nobody can log in, for who has the code; afterwards like a page that does not exist."""
    if not is_fresh():
        raise Http404
    form = SetUpForm(request.POST or None)
    person = _begun(form) if form.is_valid() else None
    if person is None:
        groups = [(title, about, [form[name] for name in names]) for title, about, names in GROUPS]
        return render(request, "registry/set_up.html", {"form": form, "groups": groups}, status=400 if form.is_bound else 200)
    record_authentication(request, person, method="password", username=person.username)
    return perform_login(request, person, redirect_url=reverse("checklist"))


@never_cache
def next_steps(request: HttpRequest) -> HttpResponse:
    """What to enter next, for who manages the installation."""
    if not request.user.has_perm(f"accounts.{Act.MANAGE_INSTALLATION}"):
        raise PermissionDenied("Daftar penyiapan hanya untuk administrator sistem.")
    return render(request, "registry/checklist.html", {"progress": progress(at=timezone.now())})


def _begun(form: SetUpForm) -> User | None:
    """The first administrator, with the password just chosen; None where the service refused, with the reason in the form."""
    try:
        with transaction.atomic():
            made = services.begin_installation(
                facts=form.facts(),
                administrator=form.administrator(),
                mail_password=form.cleaned_data["mail_password"],
                now=timezone.now(),
            )
            set_password(user=made.user, password=form.cleaned_data["password1"])
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    return made.user
