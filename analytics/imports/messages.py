"""What a person reads when a file, a line or a cell cannot be taken, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.sheets import messages as sheets

MESSAGES: dict[str, Promise] = {
    # the whole file
    "too_large": _(
        "The file is %(size)s MB; the limit is %(limit)s MB. Please split it by month and upload the parts."
    ),
    "empty": _("The file contains no figures. Please export it again and upload it unchanged."),
    "unpacked_size": _(
        "When unpacked, the file is larger than %(limit)s MB. It was not processed. Please split it by month."
    ),
    "too_many_cells": _("The file has more than %(limit)s cells. Please split it by month and upload the parts."),
    "layout_unknown": _(
        "We can't read this kind of export (sheets: %(sheets)s). Please upload the export unchanged, or use our CSV "
        "template."
    ),
    "window_missing": _(
        "The period is missing: cell B1 of the sheet “%(sheet)s” should contain the first and the last day. Please "
        "upload the export unchanged."
    ),
    "post_address_missing": _(
        "The address of the post is missing at the top of the sheet “%(sheet)s”. Please upload the export unchanged."
    ),
    "columns": _("Missing column: %(missing)s. Found: %(found)s. Please name the columns as in our CSV template."),
    "columns_double": _("The column “%(name)s” appears twice. Please keep only one."),
    "table_unknown": _(
        "We don't recognise any column of this table (found: %(found)s). If it contains figures for an account, "
        "please use our CSV template."
    ),
    "wide_unknown": _(
        "This table may be about something else: the numbers under “%(columns)s” are not figures we know. Please "
        "leave these columns out, or use our CSV template."
    ),
    "other_network": _(
        "This is an export from %(network)s, in a layout we don't know. You can add these figures with our CSV "
        "template: one line per day and figure, with the network in the “account” column."
    ),
    "archive": _(
        "This is part of LinkedIn's archive of your data: it lists posts or contacts, but no figures. For figures, "
        "open your profile in LinkedIn, then Analytics, then Export, and upload that file."
    ),
    "archive_unknown": _(
        "This archive holds nothing that we can read (found: %(found)s). We read LinkedIn's archive of your data and "
        "Mastodon's, X's, and the downloads of YouTube Studio; of other archives, please unpack and upload the "
        "table inside."
    ),
    "archive_empty": _(
        "This archive holds no posts of yours. LinkedIn offers two: please ask for the larger one, with your shares. "
        "If you have not posted yet, there is nothing to add."
    ),
    "period_unknown": _(
        "%(network)s writes the period into the name of the download, and this name contains none. Please upload the "
        "file as it was downloaded, without renaming it."
    ),
    "two_networks": _("This table holds posts of %(one)s and of %(other)s. Please export each of them by itself."),
    # remarks on a file that was read
    "network_assumed": _(
        "This file does not say whether it comes from Instagram or Facebook. It is read as %(network)s's. If it "
        "comes from Facebook, discard it, put “Facebook” into the name of the file and upload it again."
    ),
    "encoding_guessed": _(
        "The file is not encoded as UTF-8, so it was read as Windows-1252: “%(text)s”. Is that right?"
    ),
    "thousands_guessed": _(
        "Points in numbers were read as thousands, since the days are written with points: “%(text)s” has no decimals. "
        "Is that right?"
    ),
    "archive_counted": _(
        "The archive also names %(comments)s comments, %(reactions)s reactions and %(connections)s connections. They "
        "are only counted; nothing of them is stored."
    ),
    "archive_answers": _("%(shared)s shared posts of others and %(answers)s answers were left out."),
    "youtube_rows": _(
        "YouTube puts at most 500 videos into a download. This one holds as many; older ones may be missing."
    ),
    "archive_aside": _("%(boosts)s shared posts of others and %(closed)s posts that are not public were left out."),
    "records_first_week": _(
        "The file starts on %(day)s, within a week. That week is left out, since the file may know only half of it."
    ),
    "records_running_week": _("The week from %(day)s is not over yet. It is left out until you upload a later file."),
    "years_added": _(
        "The file gives days without a year. They were read as %(first)s to %(last)s. Please check that before you "
        "apply it."
    ),
    "window_differs": _(
        "The period in the file (%(text)s) differs from the one in its name. The one in the file counts."
    ),
    "summary_missing": _(
        "The sheet for the whole period (DISCOVERY) is missing. The daily figures will be read; people reached and "
        "the list of posts will not."
    ),
    "days_sheet_missing": _("The sheet with the days is missing. The figures for the posts will be read."),
    "days_missing": _("This file has no figure for %(count)s days of the period. They stay unknown."),
    "sum_differs": _(
        "The days add up to %(days)s impressions, but the file says %(whole)s for the whole period. Please compare "
        "with LinkedIn before you apply it."
    ),
    "records_empty": _("The list has no row with a day that we can read. The file is deleted."),
    "records_no_week": _("The list covers no whole week yet. Please upload it again later; the file is deleted."),
    "records_date_order": _(
        "It is not clear whether the days in this list start with the day or the month. Please write them as "
        "2026-10-03. The file is deleted."
    ),
    # one cell or line
    "records_no_day": _("The day is missing."),
    "records_day": _("The day cannot be read. Please write it as 2026-10-03."),
    "records_number": _("The number cannot be read. A whole number is needed here."),
    "number_negative": _("“%(text)s” must not be negative."),
    "date_missing": _("The day is missing."),
    "post_missing": _("The address of the post is missing."),
    "date_future": _("The day %(text)s is later than the day of the export."),
    "day_outside": _("The day %(text)s is outside the period stated in the file."),
    "metric_unknown": _("We don't know the metric “%(text)s”. Our CSV template lists the names."),
    "segment_unknown": _("We don't know the segment “%(text)s”. Our CSV template lists the names."),
    "url_not_linkedin": _("“%(text)s” is not a LinkedIn address."),
    "url_unreadable": _("“%(text)s” is not a web address starting with https://."),
    "post_twice": _("The post “%(text)s” is listed twice. The first line counts."),
    "bad_characters": _("There is an invisible control character at position %(text)s."),
    "row_short": _("The line has %(found)s columns; %(needed)s are needed."),
    "row_long": _(
        "The line has %(found)s cells, the header has %(expected)s. Is there a comma inside a number or text? Please "
        "put such cells in quotation marks."
    ),
}
#: Why something was left aside, said after its name.
LEFT: dict[str, Promise] = {
    "hidden": _("hidden in the file, so not read"),
    "unknown": _("not recognised"),
    "not_chosen": _("not among the figures kept here"),
    "computed": _("a rate; we calculate it ourselves"),
    "part_of_total": _("part of the sheet; the whole sheet is read"),
    "person": _("names a person; not kept"),
    "not_stored": _("not stored"),
    "groups": _("who these people are; not stored yet"),
    "not_opened": _("not opened"),
    "chart": _("the same figures of single videos day by day; not kept"),
    "second_table": _("a second table in the same file, whose lines seldom say which post they belong to; not kept"),
    "no_unit": _("the file does not say whether these are seconds, minutes or hours; not kept"),
    "counted": _("only counted, nothing of it is stored"),
    "total": _("a sum of the lines above"),
    "period_missing": _("period not stated"),
}
#: Remarks on what was guessed or does not fit: who brought the file looks at it before anything is stored.
WORTH_A_LOOK = frozenset(
    {"network_assumed", "encoding_guessed", "thousands_guessed", "years_added", "window_differs", "sum_differs"}
)
#: With these the way on is our own table.
WITH_TEMPLATE = frozenset({"layout_unknown", "columns", "table_unknown", "wide_unknown", "other_network"})


def text_of(code: str, params: Mapping[str, object]) -> str:
    return sheets.text_of(code, params, MESSAGES)
