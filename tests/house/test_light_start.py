"""What only a download or an upload needs is not loaded when the site starts: each of its processes would carry it."""

import subprocess
import sys

# Each with what needs it; megabytes of memory in web, worker and beat alike.
HEAVY = {
    "pptx",  # slides of a report
    "PIL",  # pictures
    "lxml",  # both
    "openpyxl",
    "xlsxwriter",  # tables
    "typst",  # PDF
    "icalendar",  # calendar files
    "hypothesis",
    "pytest",
}
STARTED = """
import sys, django; django.setup()
from django.urls import get_resolver; get_resolver().url_patterns
from influencer.celery import app; app.loader.import_default_modules()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_the_site_starts_without_what_only_files_need() -> None:
    ran = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "celery" in loaded
    assert loaded & HEAVY == set()
