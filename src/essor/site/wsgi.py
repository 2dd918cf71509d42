"""What a server calls: `granian --interface wsgi essor.site.wsgi:application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.site.settings")
# DuckDB looks for pandas at each value it is given: not to find it, again and again, is dear.
sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # what the import system reads as absent
application = get_wsgi_application()
