"""Who may ask for numbers and events at all; which cases stand behind them, `visible_to` decides."""

from typing import ClassVar, cast

from django.utils import timezone
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.access.selectors import acts_of
from accounts.access.tables import Act
from accounts.users.models import User


class _Holds(BasePermission):
    """Some posting of the caller gives `act`. A method that the address does not take is answered as that, whoever asks."""

    act: ClassVar[Act]

    def has_permission(self, request: Request, view: APIView) -> bool:
        """By the acts of the caller."""
        is_taken = str(request.method).lower() in view.http_method_names
        return not is_taken or self.act in acts_of(cast("User", request.user), at=timezone.now())


class SeesCases(_Holds):
    """Live numbers are for whoever sees cases."""

    act = Act.SEE_CASES


class SeesClocks(_Holds):
    """Numbers of deadlines are for whoever sees deadlines."""

    act = Act.SEE_CLOCKS


class TakesCasesOut(_Holds):
    """Events as a file are for whoever exports cases."""

    act = Act.EXPORT_CASES
