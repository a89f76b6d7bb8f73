"""Django's settings, made from ours."""

from pathlib import Path

from goldthread.ground.boot.database import connection_settings
from goldthread.ground.boot.settings import settings

BASE_DIR = Path(__file__).resolve().parents[3]
SECRET_KEY = settings.secret_key or "only-for-building"
DEBUG = settings.debug
ALLOWED_HOSTS = [host.strip() for host in settings.allowed_hosts.split(",")]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "goldthread.ground.boot",
    "goldthread.ground.audit",
    "goldthread.ground.access",
    "goldthread.ground.time",
    "goldthread.ground.codes",
    "goldthread.ground.design",
    "goldthread.ground.jobs",
    "goldthread.core.people",
    "goldthread.core.agencies",
    "goldthread.core.records",
    "goldthread.core.work",
    "goldthread.pathway",
    "goldthread.practice.front_door",
    "goldthread.practice.family_help",
    "goldthread.practice.protection",
    "goldthread.out.insight",
    "goldthread.out.exchange",
    "goldthread.face.web",
    "goldthread.face.api",
    "goldthread.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldthread.ground.audit.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goldthread.ground.audit.middleware.NamedActor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
ROOT_URLCONF = "goldthread.face.web.urls"
DATABASES = {"default": connection_settings(settings.database_url or "postgresql://app@localhost/goldthread")}
# The role that serves pages; `migrate` runs as the owner and grants this one what it may do.
APP_ROLE = str(DATABASES["default"]["USER"]) if settings.database_url else "app"
