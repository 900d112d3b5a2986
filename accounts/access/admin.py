"""The admin site of this house: opened by postings, entered through the one login page."""

import time

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from unfold.dataclasses import SearchResult
from unfold.sites import UnfoldAdminSite

FOUND_PER_TABLE = 10


class KonflikAdminSite(UnfoldAdminSite):
    """Nothing is registered in this module: importing it makes the site, and a registration would make it twice."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether a posting valid now opens the admin; `is_staff` asks `accounts.access`."""
        return request.user.is_active and request.user.is_staff

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The one login page, with its second factor and its limits. Raises PermissionDenied for who is in but may not enter."""
        target = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if not self.has_permission(request):
            raise PermissionDenied("Penugasan Anda saat ini tidak membuka ruang sekretariat.")
        return HttpResponseRedirect(reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The one logout page."""
        return HttpResponseRedirect(resolve_url("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The one page for it."""
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def search(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The command palette. Unlike Unfold's it keeps no results: a right withdrawn counts at once, and it reads few rows."""
        term = request.GET.get("s", "").strip().lower()
        if not term:
            return HttpResponse()
        started = time.perf_counter()
        is_extended = "extended" in request.GET
        results = self._search_apps(self.get_app_list(request), term)
        if is_extended:
            results += self._found_rows(request, term)
        pages = Paginator(results, max(len(results), 1))
        context = {"results": pages.page(1), "page_obj": pages, "page_counter": 0, "execution_time": time.perf_counter() - started}
        return TemplateResponse(request, f"unfold/helpers/{'command' if is_extended else 'search'}_results.html", context)

    def _found_rows(self, request: HttpRequest, term: str) -> list[SearchResult]:
        found = []
        for page in sorted(self._registry.values(), key=lambda page: getattr(page, "palette_rank", 1)):
            if not page.get_search_fields(request) or not page.has_view_permission(request):
                continue
            rows, _ = page.get_search_results(request, page.get_queryset(request), term)
            about = page.opts
            address = f"admin:{about.app_label}_{about.model_name}_change"
            found += [
                SearchResult(title=str(row), description=str(about.verbose_name), link=reverse(address, args=[row.pk]), icon="description")
                for row in rows[:FOUND_PER_TABLE]
            ]
        return found
