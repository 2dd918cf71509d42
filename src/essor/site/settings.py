"""Django's settings, read from the environment; without any, a demonstration on this machine alone.

ESSOR_SECRET_KEY   signs what the site gives out; `essor serve` draws one when there is none
ESSOR_HOSTS        names under which the site answers, separated by commas
ESSOR_HTTPS        1 when a proxy serves the site over HTTPS
ESSOR_OPERATOR     who publishes the site, for its legal notice
ESSOR_CONTACT      the address at which the publisher can be written to
"""

import os

from csp.constants import NONE, SELF

SECRET_KEY = os.environ.get("ESSOR_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("ESSOR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ESSOR_OPERATOR = os.environ.get("ESSOR_OPERATOR", "")
ESSOR_CONTACT = os.environ.get("ESSOR_CONTACT", "")
DEBUG = False

INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "essor.site"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "essor.site.faults.FaultsMiddleware",
]
ROOT_URLCONF = "essor.site.urls"
WSGI_APPLICATION = "essor.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["essor.site.frame.frame"]},
    }
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "statique/"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

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
if os.environ.get("ESSOR_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
