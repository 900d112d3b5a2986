"""Documents of a case: list, attach, download. A document is only ever handed out as a download."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, cast

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.users.models import User
from konflik.cases.api.base import CaseAct, CasePartDetail, CasePartList, case_for
from konflik.cases.api.inputs import RowField, Text
from konflik.cases.models import Attachment, Case
from konflik.cases.services.access import note_download
from konflik.cases.services.documents import attach, path_of
from konflik.cases.tables import DOWNLOAD_HEADERS
from konflik.rest.etags import is_known
from konflik.rest.params import single
from konflik.rest.parsing import refuse_text
from konflik.rest.problems import Problem
from konflik.rest.rendering import ANYTHING
from konflik.rest.schema import UNCHANGED, if_none_match, problems
from konflik.rest.shapes import Input, InstantField, Shape
from konflik.rest.writing import Done, find_or_404


class AttachmentRow(Shape):
    """One document; its bytes are at `file/`."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    activity = serializers.IntegerField(source="activity_id", allow_null=True)
    agreement = serializers.IntegerField(source="agreement_id", allow_null=True)
    title = serializers.CharField()
    original_name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_by = serializers.IntegerField(source="uploaded_by_id")
    uploaded_at = InstantField(zone="case.kabupaten.time_zone")


class AttachmentInput(Input):
    """A file with its title, as multipart/form-data."""

    title = Text(max_length=160)
    file = serializers.FileField(max_length=255)
    activity = RowField(lambda case, reader, now: case.activities.all(), required=False)
    agreement = RowField(lambda case, reader, now: case.agreements.all(), required=False)


def refuse_unsound(form: QueryDict) -> None:
    """Raise Problem for a name that stands twice and for a text that cannot be kept."""
    twice = [name for name, values in form.lists() if len(values) > 1]
    if twice:
        raise Problem("isi-tidak-sah", errors={name[:60]: ["Isian ini tertulis dua kali."] for name in twice[:20]})
    for name, value in form.items():
        refuse_text(f"{name}{value}" if isinstance(value, str) else name)


class AttachmentDetail(CasePartDetail):
    """Satu dokumen."""

    model = Attachment
    shape = AttachmentRow


class Attachments(CasePartList, CaseAct):
    """Dokumen satu perkara; POST melampirkan satu berkas (multipart/form-data)."""

    http_method_names = ["get", "head", "post", "options"]
    parser_classes = (MultiPartParser,)
    model = Attachment
    shape = AttachmentRow
    does = "document"
    takes = AttachmentInput
    gives = AttachmentRow
    answers_with = 201

    def raw_body(self, request: Request) -> bytes:
        """The names, the texts, and the hashes of the files: boundaries differ each time."""
        told = hashlib.sha256()
        data: Any = request.data
        refuse_unsound(data)
        for name in sorted(data):
            value = data[name]
            told.update(f"{name}\0".encode())
            if hasattr(value, "chunks"):
                told.update(f"{value.name}\0".encode(errors="replace"))
                for piece in value.chunks():
                    told.update(piece)
                value.seek(0)
            else:
                told.update(f"{value}\0".encode())
        return told.digest()

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `attach`."""
        file = data.pop("file")
        attachment = attach(case=target, name=file.name, content=file, size=file.size, actor=reader, now=now, **data)
        return Done(AttachmentDetail().show(reader, now, attachment.pk), location=reverse("api:attachment", args=[attachment.pk]))


class Download(APIView):
    """Berkas sebuah dokumen, sebagai unduhan; dari perkara kelas rahasia ke atas setiap unduhan tercatat."""

    http_method_names = ["get", "options"]
    # A browser that follows a link says what it can show; what is handed out is saved, whatever it is.
    media_types: ClassVar[Mapping[str, str]] = {"": ANYTHING}

    @extend_schema(
        parameters=[if_none_match()],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 304: UNCHANGED, **problems("4XX")},
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """The bytes, or 304 for whoever has them already: then nothing is taken.

        Raises Http404 for what may not be seen, and for a file that is lost.
        """
        single(request.query_params, ())
        now, reader = timezone.now(), cast("User", request.user)
        attachment: Any = find_or_404(Attachment.objects.visible_to(reader, at=now).select_related("case"), pk)
        case_for(reader, attachment.case_id, now=now)
        try:
            content = path_of(attachment).open("rb")
        except FileNotFoundError as lost:
            raise Http404 from lost
        headers = {**DOWNLOAD_HEADERS, "ETag": f'"{attachment.sha256}"'}
        if is_known(request.META.get("HTTP_IF_NONE_MATCH", ""), headers["ETag"]):
            content.close()
            return HttpResponse(status=304, headers=headers)
        note_download(attachment=attachment, reader=reader, now=now)
        name, kind = attachment.original_name, attachment.media_type
        return FileResponse(content, as_attachment=True, filename=name, content_type=kind, headers=headers)
