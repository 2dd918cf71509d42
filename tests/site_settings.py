"""The site's settings for tests: a key of no worth, and passwords hashed at once."""

import os

from essor.site.settings import *  # noqa: F403 - these are those, but for what follows

SECRET_KEY = "no secret: tests alone use it"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Playwright leaves a loop running in the process where other tests ask the database.
# https://playwright.dev/python/docs/library#asyncio-or-sync
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
