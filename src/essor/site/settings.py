"""Django's settings, read from the environment; without any, a demonstration on this machine alone.

ESSOR_SECRET_KEY   signs what the site gives out; `essor serve` keeps one in the home when there is none
ESSOR_SECRET_KEY_FALLBACKS   former keys, separated by commas: what they sealed is still read
ESSOR_HOSTS        names under which the site answers, separated by commas
ESSOR_HTTPS        1 when a proxy serves the site over HTTPS
ESSOR_ADDRESS      where people reach the site, for the links of messages: the first of its names if unsaid
ESSOR_OPERATOR     who publishes the site, for its legal notice
ESSOR_HOSTING      who hosts the site, name and address, for its legal notice
ESSOR_CONTACT      the address at which the publisher can be written to
DATABASE_URL       the people's database: postgres://…; SQLite in the home when there is none
EMAIL_URL          the mail server: smtps://…; messages are files of the home when there is none
ESSOR_MAIL_FROM    the address that messages come from
ESSOR_LOGS         json for a line of JSON a request; lines for people when it says nothing
ESSOR_METRICS_TOKEN   what opens /metrics; without it, this machine alone, and never behind HTTPS
PROCONNECT_URL, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET   who identifies professionals
"""

import os

from csp.constants import NONE, SELF

from essor.home import home
from essor.site.environment import mail_server, people_database, proconnect, signing_key
from essor.site.logs import logging_settings

_HTTPS = os.environ.get("ESSOR_HTTPS") == "1"
_HOSTS = "localhost,127.0.0.1,[::1]"
_PROCONNECT = proconnect(os.environ)

SECRET_KEY = signing_key(os.environ, home())
SECRET_KEY_FALLBACKS = list(
    filter(None, os.environ.get("ESSOR_SECRET_KEY_FALLBACKS", "").split(","))
)
ALLOWED_HOSTS = os.environ.get("ESSOR_HOSTS", _HOSTS).split(",")
ESSOR_ADDRESS = os.environ.get("ESSOR_ADDRESS", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0]}" if _HTTPS else "http://127.0.0.1:8000"
)
ESSOR_OPERATOR = os.environ.get("ESSOR_OPERATOR", "")
ESSOR_HOSTING = os.environ.get("ESSOR_HOSTING", "")
ESSOR_CONTACT = os.environ.get("ESSOR_CONTACT", "")
ESSOR_METRICS_TOKEN = os.environ.get("ESSOR_METRICS_TOKEN", "")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    # Before allauth, whose pages are ours.
    "essor.site",
    "essor.site.members",
    "essor.site.operation",
    "essor.site.needs",
    "essor.site.lists",
    "essor.site.keys",
    "essor.site.offers",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "essor.site.members.proconnect",
]
MIDDLEWARE = [
    "essor.site.operation.witness.WitnessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Below the last: an answer « not modified » must leave a page the policy that it came with.
    "csp.middleware.CSPMiddleware",
    # None of the next five asks the database before a page asks who is there.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "essor.site.faults.FaultsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "essor.site.urls"
WSGI_APPLICATION = "essor.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "essor.site.frame.frame",
            ]
        },
    }
]

DATABASES = {"default": people_database(os.environ.get("DATABASE_URL", ""), home())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Counts of attempts, which all the processes of a site must share.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "members_attempts",
    },
    # Questions asked of the API, which needs no database.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "statique/"
STORAGES = {
    "staticfiles": {"BACKEND": "essor.site.static_files.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
# Named after what it holds: it never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/statique/essor/[0-9a-f]{12}/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        # Bootstrap draws its marks as images written in the style sheet.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "essor_session", "essor_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_FAILURE_VIEW = "essor.site.faults.stale_form"
# In a signed cookie: a page that nobody signs in to show reads no database.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Those who watch over the site ask the machine itself.
    SECURE_REDIRECT_EXEMPT = ["^(healthz|livez|metrics)$"]
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "espace"
_CODE_LASTS_S = 15 * 60
ACCOUNT_ADAPTER = "essor.site.members.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# A password may be: it is asked to sign in by it, not to open an account.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "essor.site.members.forms.NamedForm"
ACCOUNT_FORMS = {"signup": "essor.site.members.signup.SignupForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Essor : "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _CODE_LASTS_S
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _CODE_LASTS_S
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _CODE_LASTS_S
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Beside allauth's own: errors that visitors tell of cards.
ACCOUNT_RATE_LIMITS = {"remark": "5/h/ip"}
# The proxy that gives HTTPS says where people come from; nobody else is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = 1 if _HTTPS else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Essor"
MFA_ADAPTER = "essor.site.members.adapters.FactorsAdapter"
SOCIALACCOUNT_ADAPTER = "essor.site.members.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {"proconnect": {"APPS": [_PROCONNECT] if _PROCONNECT else []}}
# Only of an address that ProConnect says verified: allauth looks at nothing else.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

globals().update(mail_server(os.environ.get("EMAIL_URL", "")))
EMAIL_FILE_PATH = str(home().root / "courriels")
DEFAULT_FROM_EMAIL = os.environ.get("ESSOR_MAIL_FROM") or ESSOR_CONTACT or "essor@localhost"

LOGGING = logging_settings(os.environ.get("ESSOR_LOGS") or "texte")
