"""What a person reads when a file, a line or a cell cannot be taken, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.sheets import messages as sheets

MESSAGES: dict[str, Promise] = {
    # the whole file
    "too_large": _(
        "The file has %(size)s MB, allowed are %(limit)s MB. Please split it by months and upload the parts."
    ),
    "empty": _("The file holds no figures. Please export it again and upload it unchanged."),
    "unpacked_size": _(
        "Unpacked, the file is larger than %(limit)s MB. It was not processed. Please split it by months."
    ),
    "too_many_cells": _("The file has more than %(limit)s cells. Please split it by months and upload the parts."),
    "layout_unknown": _(
        "The file is none of the exports that can be read here (sheets: %(sheets)s). Please upload the export"
        " unchanged, or bring the figures with our CSV template."
    ),
    "window_missing": _(
        "The period is missing: sheet “%(sheet)s”, cell B1 should hold the first and the last day. Please upload"
        " the export unchanged."
    ),
    "post_address_missing": _(
        "The address of the post is missing at the top of sheet “%(sheet)s”. Please upload the export unchanged."
    ),
    "columns": _("Missing column: %(missing)s. Found: %(found)s. Please name the columns as in our CSV template."),
    "columns_double": _("The column “%(name)s” exists twice. Please keep only one of them."),
    "table_unknown": _(
        "No column of this table is known (found: %(found)s). If it holds figures of an account, please bring them"
        " with our CSV template."
    ),
    "wide_unknown": _(
        "This table may be about something else: it has numbers under “%(columns)s”, which are no figures known here."
        " Please leave these columns out, or bring the figures with our CSV template."
    ),
    "other_network": _(
        "This is an export of %(network)s. So far only LinkedIn's exports are read as they are. You can bring these"
        " figures with our CSV template: one line for each day and figure, with the network in the column “account”."
    ),
    "archive": _(
        "This is a part of LinkedIn's archive of your data: it lists posts or contacts, without figures. For figures,"
        " open your profile in LinkedIn, then Analytics, then Export, and upload that file."
    ),
    # remarks on a file that was read
    "encoding_guessed": _("The file is not in UTF-8. It was read as Windows-1252: “%(text)s”. Is that right?"),
    "window_differs": _("The period in the file (%(text)s) is not the one in its name. The one in the file counts."),
    "summary_missing": _(
        "The sheet with the whole period (DISCOVERY) is missing. The figures of the days are read; people reached and"
        " the list of posts are not."
    ),
    "days_sheet_missing": _("The sheet with the days is missing. The figures of the posts are read."),
    "days_missing": _("%(count)s days of the period have no figure in this file. They stay unknown."),
    "sum_differs": _(
        "The days add up to %(days)s impressions, the file itself says %(whole)s for the whole period. Please compare"
        " with LinkedIn before you apply it."
    ),
    # one cell or line
    "number_negative": _("“%(text)s” must not be negative."),
    "date_missing": _("The day is missing."),
    "date_future": _("The day %(text)s lies after the day of the export."),
    "day_outside": _("The day %(text)s lies outside the period that the file names."),
    "metric_unknown": _("The metric “%(text)s” is not known. Our CSV template lists the names."),
    "segment_unknown": _("The segment “%(text)s” is not known. Our CSV template lists the names."),
    "url_not_linkedin": _("“%(text)s” is not an address of LinkedIn."),
    "url_unreadable": _("“%(text)s” is not a web address that begins with https://."),
    "post_twice": _("The post “%(text)s” is listed twice. The first line counts."),
    "bad_characters": _("There is an invisible control character at position %(text)s."),
    "row_short": _("The line has %(found)s columns, needed are %(needed)s."),
    "row_long": _(
        "The line has %(found)s cells, the header %(expected)s. Is there a comma within a number or a text? Please put"
        " such cells in quotation marks."
    ),
}
#: Why something was left aside, said after its name.
LEFT: dict[str, Promise] = {
    "hidden": _("hidden in the file, so not read"),
    "unknown": _("not known here"),
    "computed": _("a rate, which is calculated here"),
    "part_of_total": _("a part of the page; the whole page is read"),
    "person": _("names a person; not kept"),
    "groups": _("who they are; not stored yet"),
    "total": _("a sum of the lines above"),
    "period_missing": _("for which period is not said"),
}
#: With these the way on is our own table.
WITH_TEMPLATE = frozenset({"layout_unknown", "columns", "table_unknown", "wide_unknown", "other_network"})


def text_of(code: str, params: Mapping[str, object]) -> str:
    return sheets.text_of(code, params, MESSAGES)
