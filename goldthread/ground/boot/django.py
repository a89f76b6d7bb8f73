"""Django's settings, made from ours."""

from urllib.parse import unquote, urlsplit

from csp.constants import NONCE

from goldthread.ground.boot.bodies import READ_AT_MOST
from goldthread.ground.boot.database import connection_settings, standby_settings
from goldthread.ground.boot.settings import CHECKOUT as BASE_DIR
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import providers

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
    "procrastinate.contrib.django",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "goldthread.ground.boot",
    "goldthread.ground.audit",
    "goldthread.ground.access",
    "goldthread.ground.time",
    "goldthread.ground.codes",
    "goldthread.ground.design",
    "goldthread.ground.jobs",
    "goldthread.ground.running",
    "goldthread.core.people",
    "goldthread.core.agencies",
    "goldthread.core.records",
    "goldthread.core.work",
    "goldthread.core.documents",
    "goldthread.core.oversight",
    "goldthread.core.sharing",
    "goldthread.pathway",
    "goldthread.pathway.meeting",
    "goldthread.practice.front_door",
    "goldthread.practice.family_help",
    "goldthread.practice.protection",
    "goldthread.out.insight",
    "goldthread.out.exchange",
    "goldthread.out.returns",
    "goldthread.out.rights",
    "goldthread.face.web",
    "goldthread.face.api",
    "goldthread.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "goldthread.face.web.headers.Headers",
    "goldthread.ground.running.measuring.MeasuredAnswers",
    "goldthread.face.web.bounds.Bounds",
    "goldthread.face.web.standby.FromStandby",
    "goldthread.ground.audit.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "goldthread.face.web.bounds.GivenBack",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goldthread.face.web.sessions.IdleSession",
    "goldthread.face.web.second_step.SecondStep",
    "goldthread.face.web.reads_only.ReadsOnly",
    "goldthread.ground.audit.middleware.NamedActor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# What comes in (ground.boot.bodies, face.web.bounds): a form up to a size and a number of boxes, one file, on the disk and ours alone.
DATA_UPLOAD_MAX_MEMORY_SIZE = READ_AT_MOST
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 5_000, 1
FILE_UPLOAD_HANDLERS = ["goldthread.ground.boot.bodies.BoundedFile"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
# Who issues these numbers; councils that exchange records agree on them (core/people/identifier_systems).
UPN_SYSTEM = "urn:goldthread:upn"
LA_CHILD_ID_SYSTEM = "urn:goldthread:la-child-id"
ROOT_URLCONF = "goldthread.face.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "goldthread.ground.design.environment.environment",
            "context_processors": ["goldthread.ground.design.frame.frame"],
        },
    },
]
DATABASES = {"default": connection_settings(settings.database_url or "postgresql://app@localhost/goldthread")}
# The role that serves pages; `migrate` runs as the owner and grants this one what it may do.
APP_ROLE = str(DATABASES["default"]["USER"]) if settings.database_url else "app"
# A connection is kept for the next request of its thread; one the server has closed meanwhile is opened again.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if settings.database_standby_url:
    DATABASES["standby"] = standby_settings(settings.database_standby_url) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# What every process must know for a moment: that a one-time code was used, or a provider's assertion. Never thrown away for want of room.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_moment",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Built by goldthread.ground.boot.frontend; collected and served under names that carry their hash.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "build" / "static", BASE_DIR / "goldthread" / "ground" / "design" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "goldthread.ground.boot.static_files.HashedNames"},
}
if settings.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # No other host, and no page reached without TLS, can set these in their place.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Sign-in by django-allauth, drawn with our own pages; nobody signs themselves up and no e-mail is needed.
ACCOUNT_ADAPTER = "goldthread.face.web.sign_in_rules.SignInRules"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Guessing is slowed down by the sign-in log (ground.access.queries.must_wait), by name and place, for every process at once.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
ACCOUNT_FORMS = {"reauthenticate": "goldthread.face.web.own_sign_in.PhraseAgainForm"}
MFA_ADAPTER = "goldthread.face.web.sign_in_rules.SecondStepRules"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"authenticate": "goldthread.face.web.own_sign_in.CodeForm", "reauthenticate": "goldthread.face.web.own_sign_in.CodeAgainForm"}
MFA_PASSKEY_LOGIN_ENABLED = MFA_ALLOW_UNVERIFIED_EMAIL = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Goldthread"
# A whole council may come from one address at nine o’clock; a passkey cannot be guessed.
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
SOCIALACCOUNT_ADAPTER = "goldthread.face.web.single_sign_on.ProviderRules"
SOCIALACCOUNT_PROVIDERS = providers(settings)
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "goldthread.face.web.refusals.csrf_failure"
# One working day, and no longer than the browser is open; idleness is counted by goldthread.face.web.sessions.
SESSION_ENGINE = "goldthread.face.web.session_store"
SESSION_COOKIE_AGE = 14 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY, CSRF_COOKIE_HTTPONLY = True, False  # drafts.js reads the second: it changes at each sign-in
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No inline script or style anywhere; a script that must be in the page carries this answer's nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Without a mail server nothing is sent, and pages say so (goldthread.pathway.meeting.links.mailing); a demo never sends.
MAIL = urlsplit(settings.email_url)
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "", MAIL.port or (465 if MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = MAIL.scheme == "smtps", MAIL.scheme == "smtp", 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = settings.email_from
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "goldthread.ground.boot.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # While the database is away the pool would say so ten times a second; whoever needed a connection says it once.
    # The newest seal's hash is told each day: whoever keeps the log keeps it.
    "loggers": {"psycopg.pool": {"level": "ERROR"}, "goldthread.seal": {"level": "INFO"}},
}
