"""One line per event, with the request's id through to the worker; no addresses of people, no noise from probes."""

import logging
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class QuietProbes(logging.Filter):
    """Health probes ask every few seconds; their answers are for the one who asks."""

    def filter(self, record: logging.LogRecord) -> bool:
        event = record.msg.get("request", "") if isinstance(record.msg, dict) else record.getMessage()
        return "/health/" not in str(event)


def logging_for(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING; structlog's own loggers go the same way, so the level holds for both."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    plain = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    shown: Any = structlog.processors.JSONRenderer() if as_json else plain
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"quiet_probes": {"()": QuietProbes}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    shown,
                ],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet_probes"]},
        },
        "root": {"handlers": ["console"], "level": level},
        # Django's own set-up would print requests a second time
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }
