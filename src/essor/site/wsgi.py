"""What a server calls: `granian --interface wsgi essor.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.site.settings")
application = get_wsgi_application()
