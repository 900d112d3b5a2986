"""Addresses of deadlines and notices under /api/v1/."""

from django.urls import path

from konflik.desk.api.deadlines import DeadlineDetail, DeadlineList
from konflik.desk.api.notices import NoticeDetail, NoticeList

DESK_PATTERNS = [
    path("deadlines/", DeadlineList.as_view(), name="deadlines"),
    path("deadlines/<int:pk>/", DeadlineDetail.as_view(), name="deadline"),
    path("notices/", NoticeList.as_view(), name="notices"),
    path("notices/<int:pk>/", NoticeDetail.as_view(), name="notice"),
]
