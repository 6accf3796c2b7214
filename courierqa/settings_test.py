"""Settings of the test suite: the same product, quicker passwords, its own temporary folder.

SQLite lives in a file, not in memory: threads and the live server then have connections of their
own, as in production.
"""

import os
import tempfile
from pathlib import Path

from courierqa import settings as product
from courierqa.settings import *  # noqa: F403

TEST_FOLDER = Path(tempfile.gettempdir()) / f"courierqa-test-{os.getpid()}"
TEST_FOLDER.mkdir(parents=True, exist_ok=True)

if EMBEDDED:  # noqa: F405
    DATABASES = {
        "default": {
            **DATABASES["default"],  # noqa: F405
            # A browser asks many times over one line; each new connection costs milliseconds.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
            "TEST": {"NAME": str(TEST_FOLDER / "test.sqlite3")},
        }
    }
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = TEST_FOLDER / "media"
STATIC_ROOT = TEST_FOLDER / "static"
STATIC_ROOT.mkdir(exist_ok=True)
EMAIL_FILE_PATH = TEST_FOLDER / "mail"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if product.REDIS_URL:
    # Test processes run side by side; each clears its own cache and none its neighbour's.
    _number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    REDIS_URL = CELERY_BROKER_URL = f"{product.REDIS_URL.rpartition('/')[0]}/{_number}"
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
