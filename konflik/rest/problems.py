"""Refusals as RFC 9457 problem details, in Indonesian, with a stable `type`.

`raise Problem("tidak-ditemukan")`, `raise Problem("isi-tidak-sah", errors={"title": ["Isi judulnya."]})`. A new code is one row
of PROBLEMS. 400: the request cannot be read as meant. 422: well read, and the law or the state of things refuses it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, JsonResponse
from django.http.request import UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from konflik.versions import StaleVersion

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/masalah/{}/"

PROBLEMS: dict[str, tuple[int, str, str]] = {
    # code: status, title, what to do
    "permintaan-tidak-terbaca": (400, "Permintaan tidak dapat dibaca", "Periksa alamat, kepala, dan isi permintaan."),
    "parameter-tidak-dikenal": (400, "Parameter tidak dikenal", "Hapus parameter ini, atau pakai salah satu yang ada dalam skema."),
    "parameter-tidak-sah": (400, "Nilai parameter tidak sah", "Perbaiki nilai parameter yang disebut."),
    "kursor-tidak-sah": (400, "Kursor tidak sah", "Mulai lagi dari halaman pertama, dengan saringan dan urutan yang sama."),
    "isi-tidak-sah": (400, "Isi tidak sah", "Perbaiki isian yang disebut."),
    "kunci-dalam-alamat": (400, "Kunci tidak boleh ditulis dalam alamat", "Kirim kunci dalam kepala Authorization, dan ganti kunci ini."),
    "kunci-ulang-wajib": (400, "Idempotency-Key wajib", "Kirim kepala Idempotency-Key dengan nilai acak yang baru untuk setiap perbuatan."),
    "belum-masuk": (401, "Belum masuk", "Masuk lebih dahulu, atau kirim kunci API yang berlaku."),
    "tidak-berwenang": (403, "Tidak berwenang", "Penugasan Anda tidak memberi wewenang ini."),
    "verifikasi-wajib": (
        403,
        "Verifikasi dua langkah belum selesai",
        "Penugasan Anda mewajibkan verifikasi dua langkah. Masuk dan selesaikan dahulu.",
    ),
    "tidak-ditemukan": (404, "Tidak ditemukan", "Data ini tidak ada, atau tidak terbuka bagi Anda."),
    "cara-tidak-diizinkan": (405, "Cara permintaan tidak diizinkan", "Lihat skema untuk cara yang tersedia pada alamat ini."),
    "bentuk-tidak-tersedia": (
        406,
        "Bentuk jawaban tidak tersedia",
        "Minta application/json, atau bentuk yang disebut skema untuk alamat ini.",
    ),
    "sedang-dikerjakan": (409, "Permintaan yang sama sedang dikerjakan", "Tunggu sebentar, lalu kirim lagi dengan kunci yang sama."),
    "versi-usang": (412, "Data sudah berubah", "Baca nilai yang sekarang, lalu putuskan lagi. Tidak ada yang tersimpan."),
    "terlalu-besar": (413, "Permintaan terlalu besar", "Kirim lebih sedikit sekaligus."),
    "bentuk-tidak-didukung": (415, "Bentuk isi tidak didukung", "Kirim application/json dalam UTF-8."),
    "ditolak": (422, "Tidak dapat dilakukan", "Perbaiki isian yang disebut."),
    "kunci-ulang-beda": (422, "Idempotency-Key sudah dipakai untuk isi lain", "Pakai kunci baru untuk perbuatan yang baru."),
    "versi-wajib": (428, "If-Match wajib", "Kirim kepala If-Match dengan ETag dari bacaan terakhir."),
    "terlalu-sering": (429, "Terlalu sering", "Tunggu sampai waktu dalam kepala Retry-After, lalu coba lagi."),
    "belum-siap": (503, "Sedang sibuk", "Coba lagi sebentar lagi."),
}

Errors = Mapping[str, Iterable[str]]


class Problem(exceptions.APIException):
    """A refusal that the caller can act on. `more` are further members, such as `current`; `headers` go with the answer."""

    def __init__(
        self, code: str, detail: str = "", *, errors: Errors | None = None, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        self.code = code
        self.status_code, title, advice = PROBLEMS[code]
        self.headers = dict(headers or {})
        self.body: dict[str, Any] = {
            "type": ADDRESS.format(code),
            "title": title,
            "status": self.status_code,
            "detail": detail or advice,
            "errors": [{"field": field, "detail": said} for field, texts in (errors or {}).items() for said in texts],
            **more,
        }
        super().__init__(self.body["detail"])


def problem_of(error: Exception) -> Problem | None:
    """The problem that `error` is; None for what is a fault of ours."""
    if isinstance(error, Problem):
        return error
    for kind, words in WORDED:
        if isinstance(error, kind):
            return words(error)
    return None


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of REST framework: every refusal of the API passes here."""
    problem = problem_of(error)
    if problem is None:
        return None
    if auth_header := getattr(error, "auth_header", None):
        problem.headers["WWW-Authenticate"] = auth_header
    return Response(problem.body, status=problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)


def answered(problem: Problem) -> JsonResponse:
    """The same answer for what is refused before REST framework is asked: a middleware, say."""
    return JsonResponse(problem.body, status=problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)


def errors_of(detail: Any, field: str = "") -> dict[str, list[str]]:
    """The errors of a serializer, nested ones as `parties.0.name`."""
    if isinstance(detail, Mapping):
        parts = [errors_of(inner, f"{field}.{name}".strip(".")) for name, inner in detail.items()]
    elif any(isinstance(inner, Mapping | list) for inner in detail):
        parts = [errors_of(inner, f"{field}.{index}".strip(".")) for index, inner in enumerate(detail) if inner]
    else:
        return {field.replace(NON_FIELD, "").strip("."): [str(said) for said in detail]}
    return {name: texts for part in parts for name, texts in part.items()}


NON_FIELD = api_settings.NON_FIELD_ERRORS_KEY


def refusal_of(error: ValidationError) -> Problem:
    """What a service refuses: the law, or the state of things."""
    if hasattr(error, "error_dict"):
        told = {"" if field == "__all__" else field: texts for field, texts in error.message_dict.items()}
        return Problem("ditolak", " ".join(text for texts in told.values() for text in texts), errors=told)
    return Problem("ditolak", " ".join(error.messages))


def _invalid(error: exceptions.ValidationError) -> Problem:
    detail = error.detail if isinstance(error.detail, Mapping | list) else [error.detail]
    return Problem("isi-tidak-sah", errors=errors_of(detail))


def _method(error: exceptions.MethodNotAllowed) -> Problem:
    return Problem("cara-tidak-diizinkan")


def _throttled(error: exceptions.Throttled) -> Problem:
    wait = getattr(error, "wait", None)
    return Problem("terlalu-sering", headers={"Retry-After": f"{max(1, round(wait))}"} if wait else None)


def _stale(error: StaleVersion) -> Problem:
    current = error.current
    return Problem("versi-usang", current={"version": getattr(current, "version", None)})


def _plainly(code: str) -> Callable[[Any], Problem]:
    return lambda error: Problem(code)


def _in_its_words(code: str) -> Callable[[Any], Problem]:
    return lambda error: Problem(code, str(getattr(error, "detail", "") or error))


WORDED: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], Problem]], ...] = (
    (StaleVersion, _stale),
    (exceptions.ValidationError, _invalid),
    (ValidationError, refusal_of),
    ((Http404, exceptions.NotFound), _plainly("tidak-ditemukan")),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), _in_its_words("belum-masuk")),
    (exceptions.PermissionDenied, _plainly("tidak-berwenang")),
    (PermissionDenied, _in_its_words("tidak-berwenang")),
    (exceptions.MethodNotAllowed, _method),
    (exceptions.NotAcceptable, _plainly("bentuk-tidak-tersedia")),
    (exceptions.UnsupportedMediaType, _plainly("bentuk-tidak-didukung")),
    (exceptions.Throttled, _throttled),
    (exceptions.ParseError, _plainly("permintaan-tidak-terbaca")),
    (RequestDataTooBig, _plainly("terlalu-besar")),
    ((SuspiciousOperation, UnreadablePostError), _plainly("permintaan-tidak-terbaca")),
)
