"""What a person reads when a file or a cell cannot be read: what, where, and what to do. Rooms add their own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Promise] = {
    # the whole file
    "too_large": _("The file is %(size)s MB; the limit is %(limit)s MB. Please split it and upload the parts."),
    "empty": _("There is nothing in this file. Please export it again and upload it unchanged."),
    "type_unknown": _("Files ending in “%(extension)s” cannot be read. Please choose an .xlsx, .xls or .csv file."),
    "no_ending": _(
        "The name of this file has no ending that says what it is. Please choose an .xlsx, .xls or .csv file, or add "
        "its ending to the name."
    ),
    "type_mismatch": _(
        "The file name ends in “%(extension)s”, but the content is “%(found)s”. Please export the file again and"
        " upload it unchanged."
    ),
    "json": _(
        "This is a JSON file, which is meant for software. Please export the same data as Excel or CSV and choose "
        "that file."
    ),
    "zip": _("This is a zip archive. Please unpack it and choose the table inside, one file at a time."),
    "archive_encrypted": _("The archive is protected with a password. Please choose it as it was downloaded."),
    "macros": _("The file contains macros. Please save it as .xlsx without macros and upload that file."),
    "external_links": _(
        "The file contains links to other workbooks. Please save a copy that contains only values and upload that file."
    ),
    "formulas": _(
        "The file contains formulas (the first is in %(cell)s of “%(sheet)s”). Please save a copy that contains only "
        "values and upload that file."
    ),
    "xml_entities": _(
        "The file contains XML instructions that are not allowed. Please export it again and upload it unchanged."
    ),
    "unpacked_size": _("When unpacked, the file is larger than %(limit)s MB. It was not processed. Please split it."),
    "too_many_parts": _(
        "The file consists of more than %(limit)s parts. Please export it again and upload it unchanged."
    ),
    "unsafe_names": _(
        "The file contains parts with names that are not allowed. Please export it again and upload it unchanged."
    ),
    "too_far": _(
        "The file has cells beyond row %(rows)s or column %(columns)s. Please delete stray cells far from the table, "
        "or export it again."
    ),
    "too_many_cells": _("The file has more than %(limit)s cells. Please split it and upload the parts."),
    "too_complex": _(
        "Reading the file took more time or memory than allowed. Please export it again and upload it unchanged."
    ),
    "encrypted": _("The file is password-protected. Please save it without a password and upload that file."),
    "damaged": _("The file is incomplete or damaged. Please download it again and upload it unchanged."),
    "encoding": _("The text encoding of the file cannot be read. Please save it as “CSV UTF-8” and upload that file."),
    "csv_syntax": _(
        "Line %(line)s: a quotation mark is not closed, or a cell is too long. Please correct the line and upload"
        " the file again."
    ),
    "bad_characters_file": _(
        "The file contains invisible control characters. Please save it as “CSV UTF-8” and upload that file."
    ),
    "date_order": _(
        "It is not clear whether “%(example)s” starts with the day or the month. Please write dates as 2026-10-03 or "
        "upload the export unchanged."
    ),
    "date_series": _(
        "The days in the file do not follow each other. Please upload the export unchanged, without deleting or"
        " sorting lines."
    ),
    "number_mixed": _(
        "The file formats thousands in two ways, such as 1.234 and 1,234. Please upload the export unchanged."
    ),
    # one cell
    "number_unreadable": _("“%(text)s” is not a number."),
    "number_ambiguous": _(
        "“%(text)s” is ambiguous: thousands or decimals? Please write whole numbers without separators."
    ),
    "number_not_whole": _("“%(text)s” is not a whole number."),
    "number_percent": _("“%(text)s” is a percentage. A whole number is needed here."),
    "number_too_large": _("“%(text)s” is too large to be right."),
    "share_unreadable": _("“%(text)s” is not a percentage."),
    "date_unreadable": _("“%(text)s” is not a date. Please write it as 2026-10-03."),
    "date_far": _("The day “%(text)s” does not lie between 2000 and 2100. Is the year right?"),
    "date_impossible": _("The day %(text)s does not exist."),
    "date_time": _("“%(text)s” is a time of day. A whole day is needed here, such as 2026-10-03."),
}
UNKNOWN = _("The file could not be read. Please export it again and upload it unchanged.")


CONTENTS = {"binary": _("unreadable characters")}  # kinds of content that people call by other words


def text_of(code: str, params: Mapping[str, object], own: Mapping[str, Promise]) -> str:
    """The sentence for a code, in the reader's language; a code from an older version still says something."""
    if params.get("found") in CONTENTS:
        params = {**params, "found": CONTENTS[str(params["found"])]}
    try:
        return str(own.get(code) or MESSAGES.get(code) or UNKNOWN) % params
    except (KeyError, ValueError):
        return str(UNKNOWN)
