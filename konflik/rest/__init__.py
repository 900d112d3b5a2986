"""The machinery of the API, once. It knows no topic.

A topic's `api.py` is thin. A list and an object (`reading.py`):

    class CaseList(ListView):
        model = Case                         # whose `visible_to` says who sees what; another rule: `rows`
        shape = CaseRow                      # a Shape: what one row says, each field a column
        filters = CaseFilters                # a FilterSet: what the list may be narrowed by
        orderings = ("-opened_at", "-updated_at")

    class CaseDetail(DetailView):
        model = Case
        shape = CaseFull

A change (`writing.py`): POST only, one service.

    class CloseCase(ActionView):
        takes = Closing                      # an Input: unknown fields are refused by name
        gives = CaseFull
        demands_version = True               # If-Match: 428 without, 412 with the values as they stand

        def target(self, reader, now):
            return allowed(find_or_404(Case.objects.visible_to(reader, at=now), self.kwargs["pk"]), …)   # else PermissionDenied

        def act(self, data, *, target, seen_version, reader, now):
            case = close_case(case=target, seen_version=seen_version, actor=reader, now=now, **data)
            return Done(show_case(case.pk, reader, now))

Refusals are problems (`problems.py`): raise `Problem("code", detail)` or let the service's ValidationError, StaleVersion,
PermissionDenied or Http404 pass: one handler words them all.
"""
