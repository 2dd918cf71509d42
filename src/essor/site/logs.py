"""How the log is written: lines for people, or JSON for machines; in both, nothing of anybody.

An e-mail address is masked wherever it comes from, and an error is told by its type and its place,
never by its message: people's words may be in it.
"""

import json
import logging
import re
import traceback
from datetime import datetime

from essor.errors import InvalidRequestError

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_MASK = "‹adresse›"
_FORMS = {"json": "essor.site.logs.JsonLines", "texte": "essor.site.logs.Lines"}


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        told = {
            "time": datetime.fromtimestamp(record.created)
            .astimezone()
            .isoformat("T", "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "request": getattr(record, "request_id", "") or None,
            **getattr(record, "seen", {}),
        }
        if frames := _frames(record):
            told["fault"], told["frames"] = _fault(record), frames
        return json.dumps(
            {key: value for key, value in told.items() if value is not None}, ensure_ascii=False
        )


class Lines(logging.Formatter):
    """One line for people, and the places of an error under it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        at = datetime.fromtimestamp(record.created).astimezone()
        parts = [f"{at:%H:%M:%S}", record.levelname, _message(record)]
        seen = getattr(record, "seen", {})
        if seen:
            parts.append(f"{seen['duration_ms']} ms")
        if seen.get("member") is not None:
            parts.append(f"membre {seen['member']}")
        if number := getattr(record, "request_id", ""):
            parts.append(f"[{number}]")
        return "\n  ".join([" ".join(parts), *filter(None, (_fault(record),)), *_frames(record)])


class Numbered(logging.Filter):
    """Writes on each record the number of the request in which it was made."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its number."""
        # Django reads these settings before the middleware that gives numbers can be imported.
        from essor.site.operation.witness import REQUEST_ID  # noqa: PLC0415 - as said

        record.request_id = REQUEST_ID.get()
        return True


def logging_settings(form: str) -> dict[str, object]:
    """Return Django's settings of the log in that form: « texte » or « json ».

    Raises:
        InvalidRequestError: it is another word.
    """
    if form not in _FORMS:
        raise InvalidRequestError(
            "ESSOR_LOGS est « texte » ou « json » : corrigez-la, puis relancez."
        )
    silent = {"level": "CRITICAL"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"numbered": {"()": "essor.site.logs.Numbered"}},
        "formatters": {"chosen": {"()": _FORMS[form]}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "chosen",
                "filters": ["numbered"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "essor": {"level": "INFO"},
            # They write addresses as they were typed; each request has its line already.
            "django.request": silent,
            "django.security": silent,
        },
    }


def _message(record: logging.LogRecord) -> str:
    """Return the first line of a message, addresses masked: what follows may quote a row."""
    return _ADDRESS.sub(_MASK, (record.getMessage().splitlines() or [""])[0])


def _fault(record: logging.LogRecord) -> str | None:
    return record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None


def _frames(record: logging.LogRecord) -> list[str]:
    """Return where an error was met, outermost first."""
    if not record.exc_info or record.exc_info[2] is None:
        return []
    met = traceback.extract_tb(record.exc_info[2])
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in met]
