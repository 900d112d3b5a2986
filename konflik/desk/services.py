"""Acts that the pages do as one although two topics write."""

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.users.models import User
from konflik.cases.models import Attachment
from konflik.cases.services.documents import KNOWN, KNOWN_PICTURES, Clean, attach_clean, checked
from konflik.stages.models import Activity
from konflik.stages.services.activities import update_activity
from konflik.versions import StaleVersion

NO_PICTURE = f"Berkas ini tidak dapat dilampirkan sebagai foto, atau isinya tidak sesuai dengan namanya. Yang boleh: {KNOWN_PICTURES}."


class OvertakenWithFault(StaleVersion):
    """Somebody was faster, and the photograph that was to be kept all the same was refused: `refusal` says why, at `photo`."""

    def __init__(self, current: object, refusal: ValidationError) -> None:
        super().__init__(current)
        self.refusal = refusal


def update_with_photo(
    *, activity: Activity, seen_version: int, changes: Mapping[str, object], photo: UploadedFile | None, actor: User, now: datetime
) -> bool:
    """Update an activity and attach the photograph taken for it: both, or neither. True when a photograph was attached.

    When somebody was faster (StaleVersion, raised again) the photograph is kept all the same: it contradicts nothing,
    and whoever took it may not be able to take it twice (OvertakenWithFault where it cannot be kept). Raises ValidationError
    by field, the photograph's at `photo`.
    """
    ready = _ready(photo)
    try:
        with transaction.atomic():
            update_activity(activity=activity, seen_version=seen_version, changes=changes, actor=actor, now=now)
            return _attach_photo(activity, ready, actor, now) is not None
    except StaleVersion as stale:
        try:
            _attach_photo(activity, ready, actor, now)
        except ValidationError as refusal:
            raise OvertakenWithFault(stale.current, refusal) from refusal
        raise


def _ready(photo: UploadedFile | None) -> Clean | ValidationError | None:
    """The photograph ready to be kept, or why it cannot be: worked on before anything is held, told when its turn comes."""
    if photo is None:
        return None
    if not (photo.name or "").lower().endswith(tuple(f".{ending}" for ending in KNOWN_PICTURES.split(", "))):
        return ValidationError({"photo": NO_PICTURE})
    try:
        return checked(name=photo.name or "", content=cast("BinaryIO", photo), size=photo.size or 0)
    except ValidationError as refusal:
        return _at_photo(refusal)


def _attach_photo(activity: Activity, ready: Clean | ValidationError | None, actor: User, now: datetime) -> Attachment | None:
    if ready is None:
        return None
    if isinstance(ready, ValidationError):
        raise ready
    title = f"Foto kegiatan: {activity.title}"[:160]
    try:
        return attach_clean(case=activity.case, clean=ready, title=title, actor=actor, now=now, activity=activity)
    except ValidationError as refusal:
        raise _at_photo(refusal) from refusal


def _at_photo(refusal: ValidationError) -> ValidationError:
    """At the field of a photograph only pictures are named, not everything that a document may be."""
    return ValidationError({"photo": [NO_PICTURE if KNOWN in message else message for message in refusal.messages]})
