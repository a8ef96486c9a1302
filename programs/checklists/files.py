"""Which files may serve as evidence: documents and pictures, nothing that runs. Pure."""

from pathlib import PurePath

from django.utils.translation import gettext as _

LIMIT = 20 * 1024 * 1024
LONGEST_NAME = 120
PROGRAMS = (
    *("app", "apk", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "elf", "exe", "gadget"),
    *("hta", "htm", "html", "inf", "ins", "iso", "jar", "js", "jse", "lnk", "msi", "msp"),
    *("pif", "ps1", "py", "reg", "scf", "scr", "sh", "shtml", "so", "svg", "swf", "url"),
    *("vb", "vbe", "vbs", "wsc", "wsf", "wsh", "xhtml", "xht", "xml"),
)
MACROS = ("docm", "dotm", "pptm", "potm", "ppsm", "ppam", "xlsm", "xlsb", "xltm", "xlam")
STARTS_OF_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"dex\n",
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut
)


def shown_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough to show."""
    plain = "".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable())
    path = PurePath(plain or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix[:12])] + path.suffix[:12]


def objection(name: str, size: int, head: bytes) -> str:
    """Why a file is refused and what to do, or nothing. `head` is its first bytes: a changed ending is seen."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not size:
        return _("The file “%(name)s” is empty. Please choose it again.") % {"name": shown_name(name)}
    if size > LIMIT:
        return _("The file is larger than 20 MB. Please put it where your team keeps files and add a link here.")
    if ending in PROGRAMS or head.startswith(STARTS_OF_PROGRAMS):
        return _("Files that can run on a computer are not taken. A PDF or a picture works.")
    if ending in MACROS:
        return _("Office files with macros are not taken. Please save it without macros or as a PDF.")
    return ""
