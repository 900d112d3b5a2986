"""The calculator: law and regions for everybody, also without a login. By GET, so that an answer can be kept and handed on."""

from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.access.selectors import installation
from konflik.desk.forms.calculator import CalculatorForm
from konflik.desk.selectors.calculator import Answer, answer_of, counted_rules
from konflik.desk.tables.rule_lists import rule_groups
from konflik.desk.web.shells import TEAM

Answered = TypeVar("Answered", bound=HttpResponse)
SEARCH = "cari"
"""Looks for a rule, and asks for no answer yet."""
KEPT_SECONDS = 300
"""How long an answer may lie in a cache: a new decree on holidays shall be seen soon."""


@require_safe
@login_not_required
def calculator(request: HttpRequest) -> HttpResponse:
    """Three questions and the answer below them."""
    form = _form(request)
    answer = _answer(form)
    words = request.GET.get(SEARCH, "")[:100]
    context = {
        "shell_kind": TEAM,
        "form": form,
        "answer": answer,
        "query": request.GET.urlencode(),
        "words": words,
        "rule_groups": rule_groups(counted_rules(), words=words, home=form.region) if not form.is_bound else [],
        "more": f"&wilayah={form.region.pk}" if form.region else "",
    }
    return _kept(request, form, render(request, "desk/calculator.html", context, status=_status(form)))


@require_safe
@login_not_required
def calculator_data(request: HttpRequest) -> JsonResponse:
    """The same answer for a machine; 400 with the reason at each field."""
    form = _form(request, is_asked=True)
    answer = _answer(form)
    data = answer.as_data() if answer else {"galat": form.errors.get_json_data()}
    return _kept(request, form, JsonResponse(data, status=_status(form)))


def _form(request: HttpRequest, *, is_asked: bool = False) -> CalculatorForm:
    house = installation()
    asked = request.GET if is_asked or set(request.GET) - {SEARCH} else None
    return CalculatorForm(asked, now=timezone.now(), home=house.region if house else None)


def _answer(form: CalculatorForm) -> Answer | None:
    if not form.is_valid():
        return None
    data = form.cleaned_data
    return answer_of(data["aturan"], region=data["wilayah"], start=data["waktu"], now=form.now)


def _status(form: CalculatorForm) -> int:
    return 400 if form.is_bound and not form.is_valid() else 200


def _kept(request: HttpRequest, form: CalculatorForm, response: Answered) -> Answered:
    """An answer about a given instant may be kept by whoever is between; one about "now" may not, nor one drawn for a login."""
    if form.is_bound and form.is_valid() and form.data.get("waktu") and not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
