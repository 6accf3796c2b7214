"""Settings of CourierQA: one file, driven by the environment (12 factors).

With nothing set, the embedded default runs: SQLite, no Redis, secrets made on first start in
`var/`. With `DATABASE_URL` and `REDIS_URL` set, the same code runs on PostgreSQL and Celery.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from courierqa.env import env, local_secrets, secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("COURIERQA_VAR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
EMBEDDED = not secret("DATABASE_URL")

_own = local_secrets(VAR_DIR) if not secret("SECRET_KEY") else {}
SECRET_KEY = secret("SECRET_KEY") or _own["SECRET_KEY"]
# Encrypts the data keys of personal fields; lives outside the database and its backups.
FIELD_MASTER_KEY = secret("FIELD_MASTER_KEY") or _own.get("FIELD_MASTER_KEY", "")
# Keys the blind index that finds a phone number without storing it.
INDEX_KEY = secret("INDEX_KEY") or _own.get("INDEX_KEY", "")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "courierqa.core",
    "courierqa.demo",
    "staff",
    "shipments",
    "complaints",
    "quality",
    "kpi",
]

MIDDLEWARE = [
    "courierqa.core.middleware.VisitorAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courierqa.core.middleware.RequestIdMiddleware",
    "courierqa.core.middleware.ServiceGuardMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "courierqa.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "staff.middleware.FreshPasswordMiddleware",
]

ROOT_URLCONF = "courierqa.urls"
WSGI_APPLICATION = "courierqa.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "courierqa.core.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "courierqa.core.templatetags.courier",
            ],
        },
    }
]

_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "courierqa.sqlite3",
    "OPTIONS": {
        # A deferred transaction that reads and then writes fails under load; IMMEDIATE waits.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}
if EMBEDDED:
    DATABASES = {"default": _sqlite}
else:
    DATABASES = {"default": env.db_url_config(secret("DATABASE_URL"))}
    DATABASES["default"].update(
        CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=60),
        CONN_HEALTH_CHECKS=True,
        OPTIONS={
            "connect_timeout": 5,
            "options": "-c statement_timeout=15s -c lock_timeout=3s"
            " -c idle_in_transaction_session_timeout=30s",
        },
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = secret("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["staff.auth.StaffBackend"]
LOGIN_URL = "staff:login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "courierqa" / "locale"]
USE_I18N = True
USE_TZ = True
# Times are stored in UTC; a business day is a day in this zone.
TIME_ZONE = BUSINESS_TIME_ZONE = env.str("BUSINESS_TIME_ZONE", default="Asia/Shanghai")
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
HTTPS = env.bool("HTTPS", default=False)
# Proxies of our own between visitors and this process; 0 when they connect directly.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS: list[str] = []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # The chart library sets element styles; no inline style element or attribute is ours.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "staff.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["courierqa.core.access.DeclaredAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["courierqa.core.api.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["courierqa.core.api.rates.PerCaller"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "courierqa.core.api.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Lets webhooks go to this machine over plain http: for trying a receiver out, never in production.
WEBHOOK_LOOPBACK = env.bool("WEBHOOK_LOOPBACK", default=False)
# Requests one key or person may send to the API in a minute.
API_RATE_PER_MINUTE = env.int("API_RATE_PER_MINUTE", default=600)
SPECTACULAR_SETTINGS = {
    "TITLE": "CourierQA API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "courierqa.core.api.schema.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CaseKindEnum": "complaints.enums.CaseKind",
        "ScanResultEnum": "shipments.enums.ScanResult",
        "DeliveryWayEnum": "shipments.enums.DeliveryWay",
        "ItemKindEnum": "shipments.enums.ItemKind",
        "ProofKindEnum": "shipments.enums.ProofKind",
    },
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="quality@courier.example")

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_TIME_LIMIT = 840
CELERY_TASK_SOFT_TIME_LIMIT = 780
# Kombu sweeps lost messages every ten passes unless told otherwise; jobs are rows, so a
# redelivery is only a louder doorbell.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    # A page must not wait for a Redis that does not answer.
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_VISIBILITY_TIMEOUT = 900
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

# Recurring work, the one list that beat and the embedded scheduler both read.
# name -> (dotted function taking `now`, seconds between runs)
SCHEDULE: dict[str, tuple[str, int]] = {
    "core.seal_audit": ("courierqa.core.audit.seal", 10),
    "core.keys": ("courierqa.core.privacy.prepare_keys", 24 * 3600),
    "core.relay": ("courierqa.core.outbox.relay", 5),
    "kpi.refresh": ("kpi.services.refresh_dirty", 30),
    "kpi.verify": ("kpi.services.verify_recent", 24 * 3600),
    "kpi.lateness": ("kpi.lateness.watch", 300),
    "kpi.mails": ("kpi.mailing.send_due", 3600),
    "kpi.objectives": ("kpi.assessing.run", 3600),
    "kpi.reports": ("kpi.reporting.draft_settled", 3600),
    "kpi.grade": ("kpi.grading.grade_last_month", 24 * 3600),
    "complaints.escalate": ("complaints.services.check_clocks", 60),
    "complaints.decisions": ("complaints.services.check_decisions", 600),
    "complaints.surveys": ("complaints.services.sampling.run_surveys", 3600),
    "quality.documents": ("quality.services.documents.run_documents", 3600),
    "quality.duties": ("quality.services.legal.run_duties", 24 * 3600),
    "shipments.placements": ("shipments.services.watch_placements", 300),
    "shipments.import_files": ("shipments.imports.running.forget_files", 600),
    "shipments.watch": ("shipments.services.watch_parcels", 300),
    "shipments.pace": ("shipments.services.learn_paces", 24 * 3600),
    "quality.retention": ("quality.retention_counts.run", 24 * 3600),
    "quality.routines": ("quality.services.improvement.run_routines", 3600),
    "quality.meetings": ("quality.services.communication.run_series", 3600),
    "quality.notices": ("quality.services.communication.run_notices", 600),
    "quality.plans": ("quality.services.inspections.plan_ahead", 3600),
    "quality.reviews": ("quality.services.reviews.run_reviews", 3600),
    "quality.reminders": ("quality.services.reminding.run_reminders", 3600),
    "quality.maintenance": ("quality.services.things.watch_maintenance", 6 * 3600),
    "shipments.zones": ("shipments.services.tidy_zones", 600),
    "staff.finalise": ("staff.services.finalise_due", 3600),
    "staff.courses": ("staff.services.assign_required", 3600),
    "staff.roster": ("staff.services.keep_roster", 6 * 3600),
}

# Who takes online payments: "test" moves no money and says so on its page; "none" offers none.
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="test" if EMBEDDED else "none")

# Figures older than this are late: the dashboard says so and the administrators are told.
FIGURES_LATE_MINUTES = env.int("FIGURES_LATE_MINUTES", default=30)

# Shown in page heads and reports.
COMPANY_NAME = {
    "zh-hans": env.str("COMPANY_NAME_ZH", default="远山速递"),
    "en": env.str("COMPANY_NAME_EN", default="Yuanshan Express"),
}

# Published reports are signed digitally with this certificate; without one they say "unsigned".
REPORT_CERTIFICATE = env.str("REPORT_CERTIFICATE", default="")
REPORT_CERTIFICATE_PASSWORD = secret("REPORT_CERTIFICATE_PASSWORD")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
