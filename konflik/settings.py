"""All settings, one file; what differs between installations comes from the environment (table in README.md)."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from konflik import admin_look
from konflik import environment as env

BASE_DIR = env.ROOT
DATA_DIR = env.data_dir()

# Where and for whom -------------------------------------------------------------------------------------------------
DEBUG = env.flag("KONFLIK_DEBUG")
HTTPS = env.flag("KONFLIK_HTTPS")
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.items("KONFLIK_ALLOWED_HOSTS", "localhost", "127.0.0.1", "[::1]")
# The demo has logins that are printed on screen: it never comes along unasked where the outside world can reach.
DEMO = env.flag("KONFLIK_DEMO", default=not HTTPS and not env.reaches_out(ALLOWED_HOSTS))
# Where a mail or a short message sends its reader. Behind no proxy it is this machine.
SITE_URL = env.text(
    "KONFLIK_SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:{env.text('PORT', '8000')}"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
ROOT_URLCONF = "konflik.urls"
WSGI_APPLICATION = "konflik.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "accounts.apps.KonflikAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "accounts",
    "forums",
    "konflik",
]

MIDDLEWARE = [
    "accounts.keys.middleware.NoKeyInAddress",
    "accounts.keys.middleware.KeyRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "konflik.middleware.AdminScriptPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.access.middleware.OneReading",
    "konflik.middleware.IdleSession",
    "konflik.middleware.PrivateAnswers",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "konflik.middleware.AdminAddress",
    "accounts.access.middleware.AbsoluteSession",
    "accounts.access.middleware.SecondFactor",
]
# What a request with an API key walks instead: everything above that is not about sessions, forms and pages.
KEY_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "konflik.middleware.SettledPolicy",
    "django.middleware.common.CommonMiddleware",
    "accounts.access.middleware.OneReading",
    "konflik.middleware.PrivateAnswers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.access.web.house",
                "konflik.desk.web.shell.shell",
                "konflik.desk.admin.surroundings.frame",
            ],
            "libraries": {"desk": "konflik.desk.web.tags"},
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Language and time: the legal day belongs to the region, TIME_ZONE is for display only -----------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["konflik.formats"]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True

# What is kept -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database()}
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": (
        {
            "BACKEND": "konflik.caching.PatientRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "konflik",
            "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
        }
        if REDIS_URL
        # One web process with threads on the embedded default, so the counters of login attempts are shared.
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
}
# Where limits are counted without Redis, or while it is away.
LIMITS_FILE = DATA_DIR / "run" / "limits.sqlite3"
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
# Daily anchors of the journal are written here too; a mounted folder of another host catches a cut tail.
ANCHOR_DIR = Path(env.text("KONFLIK_ANCHOR_DIR", str(DATA_DIR / "anchors")))
# Written when the anchor of the day and its file differ; it stays until somebody has looked.
ANCHOR_ALARM_FILE = DATA_DIR / "run" / "anchor.alarm"
# There is no public address for files: every download passes a permission check.
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAX_UPLOAD_BYTES = env.number("KONFLIK_MAX_UPLOAD", 20) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "konflik.uploads.LimitedFile",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# A running case of which nothing was recorded for so long is shown as stuck: practice of the secretariat, not law.
STUCK_DAYS = env.number("KONFLIK_STUCK_DAYS", 14)

# What is published tells no count more narrowly than this, 3 to 20 (docs/adr/0019). A change takes hold with the next year.
STATISTICS_K = env.number("KONFLIK_STATISTICS_K", 5)

# Who comes in -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.access.backends.PostingBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_ADAPTER = "accounts.access.backends.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# The token of a forgotten password is that of a one-time link: one page takes both.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a path
# Five wrong passwords for a name in 15 minutes; a login has two names, so ten password checks at most (S16).
# The address of the sender is the one that our own proxy added to X-Forwarded-For; what stands left of it anybody can write.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("KONFLIK_PROXIES", 1 if HTTPS else 0)
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,5/15m/key"}
ACCOUNT_FORMS = {
    "login": "accounts.access.forms.LoginForm",
    "reauthenticate": "accounts.access.forms.ReauthenticateForm",
    "reset_password": "accounts.access.forms.ResetPasswordForm",
    "change_password": "accounts.access.forms.ChangePasswordForm",
}
MFA_ADAPTER = "accounts.access.backends.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "konflik"
MFA_TOTP_TOLERANCE = 1
# Addresses are entered by the secretariat, nobody claims one for himself.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.access.forms.SecondFactorForm",
    "reauthenticate": "accounts.access.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.access.forms.ActivateAppForm",
    "add_webauthn": "accounts.access.forms.AddKeyForm",
    "edit_webauthn": "accounts.access.forms.RenameKeyForm",
}

# A session ends 12 hours after login, and after 30 minutes without a request for whoever may enter the admin.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-konflik" if HTTPS else "konflik"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "konflik_csrf"
SECURE_SSL_REDIRECT = HTTPS
# The supervisor on the same machine asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.keys.backends.KeyAuthentication", "konflik.rest.coming_in.BrowserSession"],
    "DEFAULT_RENDERER_CLASSES": ["konflik.rest.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["konflik.rest.parsing.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "konflik.rest.rendering.OneFormat",
    "DEFAULT_SCHEMA_CLASS": "konflik.rest.schema.ViewSchema",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_PAGINATION_CLASS": None,
    "EXCEPTION_HANDLER": "konflik.rest.problems.handle",
    # `format` is a parameter of our lists.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "konflik",
    "DESCRIPTION": "Perkara Penanganan Konflik Sosial (UU 7/2012, PP 2/2015). Aturan umum: docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    # Lists of the same field name, told apart in generated clients.
    "ENUM_NAME_OVERRIDES": {
        "PartyKind": "konflik.cases.api.facts.KINDS",
        "AgreementKind": "konflik.stages.api.agreements.KINDS",
        "ActivityKind": "konflik.stages.api.activities.KINDS",
        "LinkKind": "konflik.cases.api.access.LINK_KINDS",
        "ActivityStatus": "konflik.stages.api.activities.STATUSES",
        "TermStatus": "konflik.stages.api.agreements.STATUSES",
        "ConflictSource": "konflik.cases.api.shapes.SOURCES",
        "FigureSource": "konflik.cases.api.facts.SOURCES",
        "StageWord": "konflik.stages.api.moves.STAGES",
        "SeverityWord": "konflik.cases.api.shapes.SEVERITIES",
        "BodyKind": "forums.bodies.api.KINDS",
        "RegionKind": "accounts.regions.models.Kind",
        "RegionLevel": "accounts.regions.api.LEVELS",
        "MeasureKind": "konflik.status.api.shapes.RESTRICTIONS",
        "Accounting": "konflik.status.api.shapes.ACCOUNTINGS",
        "SpanUnit": "konflik.desk.api.shapes.UNITS",
        "Office": "konflik.clocks.api.shapes.OFFICES",
    },
}

# Mail: without a server the one-time links are shown on screen ------------------------------------------------------
EMAIL_BACKEND = "accounts.access.backends.InstallationMail"
MAIL_PASSWORD_FILE = DATA_DIR / "mail_password"
# For receivers inside the own network, and for trying out: then HTTP and private addresses are called too.
WEBHOOKS_MAY_STAY_INSIDE = env.flag("KONFLIK_WEBHOOKS_INSIDE")
GATEWAY_SECRET_FILE = DATA_DIR / "gateway_secret"
# Who may do the first set-up: whoever can read this file, or saw it printed at the first start.
SETUP_CODE_FILE = DATA_DIR / "setup_code"
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "konflik@localhost")

# Background work: the broker only wakes, the database remembers ----------------------------------------------------
# By name, so that a room below can put a hint into the broker without knowing the wiring.
BACKGROUND_APP = "konflik.celery.app"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        # Longer than the longest task; what a dead worker held, the next sweep finds in the database anyway.
        "visibility_timeout": 3600,
        # A Redis that hangs is as good as none: nobody waits for it without an end.
        "socket_timeout": 10,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 30,
        "retry_on_timeout": False,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(env.data_subdir("broker", "queue")),
        "data_folder_out": str(env.data_subdir("broker", "queue")),
        "control_folder": str(env.data_subdir("broker", "control")),
        "store_processed": False,
        # Looks five times a second, not once: a task waits less, a stop is quicker.
        "polling_interval": 0.2,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Held by the prefork pool of production; the threads of the embedded default know none, so each dialogue has its own end.
CELERY_TASK_SOFT_TIME_LIMIT = 12 * 60
CELERY_TASK_TIME_LIMIT = 15 * 60
# Nobody publishes twice: whoever needs a task done stands in the database.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
# The schedule is code: a legal watch must not be switched off by a click.
CELERY_BEAT_SCHEDULE = {
    # Proof of life for /health/: an old pulse is thrown away, not worked off.
    "pulse": {"task": "konflik.pulse", "schedule": 60, "options": {"expires": 50}},
    "journal-anchor": {"task": "konflik.journal.tasks.anchor_heads", "schedule": crontab(minute=7)},
    # The watch on the time limits. A hint that came too late is thrown away: the next one does its work.
    "sweep": {"task": "konflik.sweep", "schedule": 60, "options": {"expires": 55}},
    "reconcile": {"task": "konflik.reconcile", "schedule": crontab(minute=23), "options": {"expires": 3000}},
}

# Logs carry no personal data: no request bodies, no query strings, no addresses that hold one-time links -----------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "konflik.logs.DiscreetFormatter", "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("KONFLIK_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # A refusal's line would carry the address asked for; errors are kept.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

UNFOLD = admin_look.UNFOLD
