"""What a server calls: `granian --interface wsgi essor.site.wsgi:application`."""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

from django.core.wsgi import get_wsgi_application


class _WithoutPandas(MetaPathFinder):
    """Says at once that pandas is not there: DuckDB looks for it at each value it is given, which is dear."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Refuse pandas, leave any other module to those who follow.

        Raises:
            ModuleNotFoundError: for pandas.
        """
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.site.settings")
sys.meta_path.insert(0, _WithoutPandas())
application = get_wsgi_application()
