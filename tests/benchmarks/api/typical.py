# ruff: noqa: DJ008
"""A plain REST framework project over the same tables, as tutorials write it: ModelSerializer, page numbers, filter backend."""

import hashlib
import os
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings

parts = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="for a benchmark on this machine",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "django_filters"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": parts.username,
            "HOST": parts.hostname,
            "PORT": parts.port,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"application_name": "typical"},
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 50,
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework import authentication, exceptions, routers, serializers, viewsets  # noqa: E402


class Plain(models.Model):
    class Meta:
        abstract = True
        app_label = "auth"
        managed = False


class Region(Plain):
    code = models.CharField(primary_key=True, max_length=13)
    label = models.CharField(max_length=160)
    level = models.IntegerField()

    class Meta(Plain.Meta):
        db_table = "accounts_region"


class Login(Plain):
    is_active = models.BooleanField()
    is_authenticated = True

    class Meta(Plain.Meta):
        db_table = "accounts_user"


class Posting(Plain):
    user = models.ForeignKey(Login, models.CASCADE, related_name="postings")
    region = models.ForeignKey(Region, models.CASCADE)
    role = models.CharField(max_length=40)

    class Meta(Plain.Meta):
        db_table = "accounts_posting"


class Key(Plain):
    owner = models.ForeignKey(Login, models.CASCADE)
    digest = models.CharField(max_length=64)
    clearance = models.IntegerField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(Plain.Meta):
        db_table = "accounts_apikey"


class Case(Plain):
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    chronology = models.TextField()
    province = models.ForeignKey(Region, models.CASCADE, related_name="+")
    kabupaten = models.ForeignKey(Region, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=12)
    stage_since = models.DateTimeField()
    source = models.CharField(max_length=1)
    issue_type_id = models.CharField(max_length=40)
    qualification = models.CharField(max_length=12)
    severity = models.IntegerField()
    secrecy = models.IntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    is_late_entry = models.BooleanField()
    updated_at = models.DateTimeField()
    version = models.IntegerField()

    class Meta(Plain.Meta):
        db_table = "konflik_case"
        ordering = ["-opened_at", "-id"]


class Place(Plain):
    case = models.ForeignKey(Case, models.CASCADE, related_name="places")
    region = models.ForeignKey(Region, models.CASCADE)
    is_leading = models.BooleanField()

    class Meta(Plain.Meta):
        db_table = "konflik_caseplace"


class Keys(authentication.BaseAuthentication):
    def authenticate(self, request: Any) -> Any:
        secret = request.META["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        key = Key.objects.select_related("owner").filter(digest=hashlib.sha256(secret.encode()).hexdigest(), revoked_at=None).first()
        if key is None:
            raise exceptions.AuthenticationFailed
        return key.owner, key


class CaseSerializer(serializers.ModelSerializer):
    class Meta:
        model = Case
        exclude = ["chronology"]


class PlaceSerializer(serializers.ModelSerializer):
    label = serializers.CharField(source="region.label")

    class Meta:
        model = Place
        fields = ["region", "label", "is_leading"]


class CaseDetailSerializer(serializers.ModelSerializer):
    places = PlaceSerializer(many=True)

    class Meta:
        model = Case
        fields = "__all__"


class CaseViewSet(viewsets.ReadOnlyModelViewSet):
    authentication_classes = [Keys]
    filterset_fields = ["stage", "source", "severity", "secrecy"]

    def get_serializer_class(self) -> Any:
        return CaseSerializer if self.action == "list" else CaseDetailSerializer

    def get_queryset(self) -> Any:
        places = [posting.region_id for posting in self.request.user.postings.select_related("region")]
        rows = Case.objects.filter(kabupaten__in=places, secrecy__lte=self.request.auth.clearance)
        return rows.select_related("province", "kabupaten") if self.action == "list" else rows.prefetch_related("places__region")


router = routers.SimpleRouter()
router.register("cases", CaseViewSet, basename="case")
urlpatterns = [path("api/v1/", include(router.urls))]
app = get_wsgi_application()
