"""Access grants and links of a case. Grants are shown to whoever may give them, as on the page."""

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet, Value, When
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.api.base import NOT_PERMITTED, CaseAct, CasePartDetail, CasePartList, PartAct, case_for
from konflik.cases.api.inputs import Reasoned, RowField, Text
from konflik.cases.models import AccessGrant, Case, CaseLink
from konflik.cases.selectors.choices import forums_for, other_cases, posted_anywhere
from konflik.cases.selectors.permitted import permitted_on
from konflik.cases.services.access import grant_access, revoke_access
from konflik.cases.services.assigning import link_cases
from konflik.cases.tables import LINK_KIND_LABELS, LinkKind
from konflik.rest.shapes import Input, InstantField, Shape
from konflik.rest.writing import Done

LINK_KINDS = [(k.value, v) for k, v in LINK_KIND_LABELS.items()]
ZONE = "case.kabupaten.time_zone"


class GrantRow(Shape):
    """Access to one case for one person or one forum."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    user = serializers.IntegerField(source="user_id", allow_null=True)
    body = serializers.IntegerField(source="body_id", allow_null=True)
    valid_from = InstantField(zone=ZONE)
    valid_until = InstantField(zone=ZONE)
    reason = serializers.CharField()
    granted_by = serializers.IntegerField(source="granted_by_id")
    granted_at = InstantField(zone=ZONE)
    revoked_at = InstantField(zone=ZONE, allow_null=True)
    revoked_by = serializers.IntegerField(source="revoked_by_id", allow_null=True)
    revoke_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class GrantInput(Reasoned):
    """To whom, from when, until when: one person or one forum, at most a year."""

    user = RowField(lambda case, reader, now: posted_anywhere(at=now), required=False, allow_null=True)
    body = RowField(lambda case, reader, now: forums_for(case, at=now), required=False, allow_null=True)
    valid_from = InstantField()
    valid_until = InstantField()


def grants(reader: Any, at: datetime) -> QuerySet:
    """The grants on cases on which `reader` may give access. `version` 2: revoked; nothing else of a grant changes."""
    version = models.Case(When(revoked_at__isnull=True, then=Value(1)), default=Value(2))
    cases = Case.objects.visible_to(reader, at=at, act=Act.GRANT_ACCESS)
    return AccessGrant.objects.filter(case__in=cases).annotate(version=version)


class GrantDetail(CasePartDetail):
    """Satu akses khusus."""

    shape = GrantRow

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """To whoever may give access."""
        return grants(reader, at)


class Grants(CasePartList, CaseAct):
    """Akses khusus ke satu perkara, bagi yang berwenang memberinya; POST memberi akses."""

    http_method_names = ["get", "head", "post", "options"]
    shape = GrantRow
    does = "grant"
    takes = GrantInput
    gives = GrantRow
    answers_with = 201

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A page of them. Raises Http404, PermissionDenied."""
        now, reader = timezone.now(), cast("User", request.user)
        if not permitted_on(case_for(reader, self.kwargs["pk"], now=now), reader, at=now).may_do("grant"):
            raise PermissionDenied(NOT_PERMITTED)
        return super().get(request, **kwargs)

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """Of the case in the address."""
        return grants(reader, at).filter(case_id=self.kwargs["pk"])

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `grant_access`."""
        grant = grant_access(case=target, actor=reader, now=now, **{"user": None, "body": None, **data})
        return Done(GrantDetail().show(reader, now, grant.pk), location=reverse("api:access-grant", args=[grant.pk]))


class RevokeGrant(PartAct):
    """Mencabut akses seketika; catatannya tetap ada."""

    does = "revoke"
    takes = Reasoned
    gives = GrantRow
    detail = GrantDetail

    def act(self, data: dict[str, Any], *, target: AccessGrant, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `revoke_access`."""
        return self.done(revoke_access(grant=target, reason=data["reason"], actor=reader, now=now), reader, now)


class LinkRow(Shape):
    """Two cases that belong together."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    other = serializers.IntegerField(source="other_id")
    kind = serializers.ChoiceField(LINK_KINDS)


class LinkInput(Input):
    """Which other case, and how they hang together."""

    other = RowField(lambda case, reader, now: other_cases(case, reader, at=now))
    kind = serializers.ChoiceField(LINK_KINDS)
    reason = Text(max_length=200, required=False, allow_blank=True)


class Links(CasePartList, CaseAct):
    """Perkara lain yang berhubungan, sejauh keduanya terbuka bagi Anda; POST menghubungkan."""

    http_method_names = ["get", "head", "post", "options"]
    shape = LinkRow
    does = "link"
    takes = LinkInput
    gives = LinkRow
    answers_with = 201

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """Of the case in the address, told from either side."""
        return CaseLink.objects.visible_to(reader, at=at).filter(Q(case_id=self.kwargs["pk"]) | Q(other_id=self.kwargs["pk"]))

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `link_cases`."""
        link = link_cases(
            case=target, other=data["other"], kind=LinkKind(data["kind"]), reason=data.get("reason", ""), actor=reader, now=now
        )
        return Done(LinkRow(link).data)
