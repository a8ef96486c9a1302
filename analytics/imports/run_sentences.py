"""What a run says about itself: what happened, where, and how to go on.

Codes are stored; the words are made for the reader.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.imports.messages import text_of
from analytics.imports.models import ImportRun
from core.kit.templatetags.ui import day

KINDS = {
    "linkedin_profile": gettext_lazy("LinkedIn, own profile, all posts"),
    "linkedin_post": gettext_lazy("LinkedIn, own profile, one post"),
    "linkedin_company_content": gettext_lazy("LinkedIn, company page, content"),
    "linkedin_company_followers": gettext_lazy("LinkedIn, company page, followers"),
    "linkedin_company_visitors": gettext_lazy("LinkedIn, company page, visitors"),
    "readings_table": gettext_lazy("Table of figures"),
    "mapped_table": gettext_lazy("Table with columns assigned by hand"),
    "x_content": gettext_lazy("X, posts"),
    "x_overview": gettext_lazy("X, figures per day"),
    "x_video": gettext_lazy("X, videos per day"),
    "x_days_old": gettext_lazy("Twitter, figures per day"),
    "meta_content": gettext_lazy("Meta Business Suite, Instagram posts"),
    "facebook_content": gettext_lazy("Meta Business Suite, Facebook posts"),
    "meta_chart": gettext_lazy("Meta Business Suite, one figure per day"),
    "youtube_content": gettext_lazy("YouTube Studio, videos"),
    "linkedin_archive": gettext_lazy("LinkedIn, archive of your data"),
    "mastodon_archive": gettext_lazy("Mastodon, archive of your data"),
    "x_archive": gettext_lazy("X, archive of your data"),
    "youtube_days": gettext_lazy("YouTube Studio, figures per day"),
    "records_applications": gettext_lazy("Applications, counted per week"),
    "records_hires": gettext_lazy("Hires, counted per week"),
    "records_leads": gettext_lazy("Leads, counted per week"),
    "records_counted": gettext_lazy("Applications, hires or leads, already counted"),
    "records_visits": gettext_lazy("Visits to the website, counted per week"),
    "records_unknown": gettext_lazy("List of people"),
    "tiktok_videos": gettext_lazy("TikTok Studio, videos"),
    "tiktok_overview": gettext_lazy("TikTok Studio, figures per day"),
    "tiktok_followers": gettext_lazy("TikTok Studio, followers"),
}
OWN = {
    "records_unknown": gettext_lazy(
        "We don't recognise this list, and the file is deleted. It needs a column with the day (such as "
        "“Application date”, “Hire date” or “Lead date”) and one with the source (such as “Source” or “utm_source”). "
        "A table that has been counted already works too: day, source, applications."
    ),
    "records_of_people": gettext_lazy(
        "This is a list of applications, hires or leads. Only program managers may upload it. The file is deleted."
    ),
    "company_file": gettext_lazy(
        "This is the export of a company page. This page is for your own figures: in LinkedIn, open your profile, "
        "then Analytics, then Export, and upload that file."
    ),
    "personal_file": gettext_lazy(
        "This is the export of a personal profile. Only its owner may upload it, on the page with their own figures. "
        "For the company page, export its figures in LinkedIn as an admin and upload that file."
    ),
    "several_accounts": gettext_lazy(
        "The file contains figures for several accounts (%(first)s, %(second)s). Please upload one file per account."
    ),
    "other_name": gettext_lazy("The name in the file is “%(name)s”. Is this your file?"),
    "other_account": gettext_lazy(
        "The file is for the account “%(name)s”; until now it was “%(known)s”. Is this the same account?"
    ),
    "which_account": gettext_lazy(
        "The table names several accounts. Please choose one, or all of them: then each is an import of its own."
    ),
    "consent_missing": gettext_lazy(
        "Your consent to adding your own figures is no longer in force, so nothing was stored. You can give it again "
        "under your consents."
    ),
    "waits_to_be_applied": gettext_lazy("Waiting to be applied: files of one account are stored one after the other."),
    "waits_to_be_undone": gettext_lazy("Waiting to be undone: files of one account are undone one after the other."),
    "gave_up": gettext_lazy(
        "The import failed three times and nothing was stored. Please upload the file again; if it fails again, "
        "tell your contact person."
    ),
}


def hint(run: ImportRun) -> str:
    """What somebody should know who says which column is what. That we do not know the table goes without saying."""
    unknown = "outline" in run.preview and run.message.get("code") in ("columns", "table_unknown")
    return "" if unknown else sentence(run.message)


def sentence(message: Mapping[str, Any]) -> str:
    """The message of a run in the reader's language."""
    code, params = message.get("code", ""), message.get("params", {})
    if not code:
        return ""
    if code == "already_imported":
        at = parse_datetime(params.get("at", ""))
        return _("This file was already imported on %(day)s: 0 new, 0 changed, %(count)s unchanged.") % {
            "day": day(at),
            "count": params.get("count", 0),
        }
    if code in OWN:
        return str(str(OWN[code]) % params)
    return text_of(code, params)


def kind_label(kind: str) -> str:
    return str(KINDS.get(kind, kind))
