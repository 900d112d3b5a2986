"""A page that asks, and on its button tries out a service of the outside world."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from konflik.registry.admin.base import ServiceAdmin


def ask_and_try(page: ServiceAdmin, request: HttpRequest, row: Any, *, words: str, attempt: Callable[[], str]) -> HttpResponse:
    """Shows `words` with a button; the button calls `attempt`, which says what happened or raises ValidationError."""
    back = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[row.pk])
    if request.method != "POST":
        context = {**page.admin_site.each_context(request), "opts": page.opts, "original": row, "title": str(row), "words": words}
        return TemplateResponse(request, "registry/ask_try.html", {**context, "back": back})
    try:
        messages.success(request, attempt())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(back)
