"""What the lists of directories and personnel systems call their columns. Pure: no Django here.

Entra, Microsoft 365, Google Workspace, SuccessFactors, Personio, Workday, Outlook, DATEV and people, in English and
German. Several columns may hold an address: the one that reaches the person at work counts, by rank.
"""

from __future__ import annotations

import re

from core.sheets.values import normalised

#: The best first. A sign-in name is an address only where nothing better is there.
ADDRESSES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split(", "))
    for words in (
        "work email, work e mail, email work, e mail work, primary work email, work email address, email address work,"
        " business email, business e mail, business email address, business email information email address,"
        " email dienstlich, e mail dienstlich, dienstliche e mail, dienstliche email, dienstliche e mail adresse,"
        " e mail adresse dienstlich, geschäftliche e mail, geschaeftliche e mail, geschäftliche email,"
        " e mail geschäftlich, geschäftliche e mail adresse, firmen e mail, company email, corporate email,"
        " primary email, primary email address, primäre e mail adresse, e mail arbeit".replace(",  ", ", "),
        "email, e mail, mail, email address, e mail address, e mail adresse, emailadresse, mailadresse, mail adresse,"
        " emailaddress, email id, primary smtp address, smtp address, windows email address, email adresse, e mails",
        "e mail 1, email 1, e mail 1 address, e mail 1 value, internet address",
        "proxy addresses, proxyaddresses, proxyadressen",
        "user principal name, userprincipalname, upn, benutzerprinzipalname, sign in name, prinzipalname",
        "username, user name, benutzername, login, login name, anmeldename, account name, kontoname, user id, userid",
    )
)
PRIVATE = re.compile(
    r"privat|personal|home|recovery|alternat|secondary|authentication|zweite|wiederherstellung|notfall"
)
FIRST = (
    "preferred first name, preferred name first name, rufname, vorname, first name, firstname, given name, givenname,"
    " legal name first name, legal first name, forename"
)
LAST = (
    "preferred last name, preferred name last name, nachname, last name, lastname, surname, family name, familienname,"
    " sn, zuname, legal name last name, legal last name"
)
NAME = (
    "display name, displayname, anzeigename, full name, fullname, vollständiger name, name, worker name, worker,"
    " employee name, employee, mitarbeiter, mitarbeiterin, mitarbeitername, person, preferred name, legal name"
)
LANGUAGE = (
    "language, sprache, preferred language, preferredlanguage, bevorzugte sprache, korrespondenzsprache, locale,"
    " default locale, communication language, language code, sprachcode, languages spoken primary"
)
STATUS = (
    "status, employee status, employment status, active status, worker status, user status, account status,"
    " beschäftigungsstatus, mitarbeiterstatus, personalstatus, anstellungsstatus, kontostatus"
)
ENABLED = "accountenabled, account enabled, konto aktiviert, enabled, is active, active, aktiv, isactive"
BLOCKED = (
    "block credential, blockcredential, sign in blocked, sign in status blocked, anmeldung blockiert, suspended,"
    " is suspended, gesperrt"
)
LEFT_ON = (
    "termination date, leave date, exit date, last working day, date of leaving, austritt, austrittsdatum,"
    " austritt am, letzter arbeitstag, end of employment, beschäftigungsende, date of termination"
)
TYPE = "user type, usertype, benutzertyp, account type"
DELETED = "soft deletion time stamp, softdeletiontimestamp, deletion date, gelöscht am"
COLUMNS = {
    word.strip(): column
    for column, words in (
        ("first", FIRST),
        ("last", LAST),
        ("name", NAME),
        ("language", LANGUAGE),
        ("status", STATUS),
        ("enabled", ENABLED),
        ("blocked", BLOCKED),
        ("left_on", LEFT_ON),
        ("type", TYPE),
        ("deleted", DELETED),
    )
    for word in words.split(",")
} | {word.strip(): "email" for words in ADDRESSES for word in words}
#: Of several columns for one thing the one named first counts.
ORDER = [word.strip() for words in (FIRST, LAST, NAME, LANGUAGE) for word in words.split(",")]

GONE = frozenset(
    {
        *("inactive", "terminated", "left", "leaver", "former", "deactivated", "disabled", "suspended", "deleted"),
        *("archived", "blocked", "retired", "offboarded", "resigned", "dismissed", "t"),
        *("inaktiv", "ausgeschieden", "ausgetreten", "ehemalig", "deaktiviert", "gesperrt", "gelöscht", "gekündigt"),
        *("pensioniert", "rentner", "rentnerin", "verstorben", "archiviert"),
    }
)
NO = frozenset({"false", "no", "nein", "falsch", "0", "n", "f", "inactive", "inaktiv"})
YES = frozenset({"true", "yes", "ja", "wahr", "1", "y", "j", "t", "x", "blocked", "gesperrt", "suspended"})
GUESTS = frozenset({"guest", "gast", "guests", "guest user", "gastbenutzer"})
GUEST_MARK = "#ext#"
LANGUAGES = {
    "german": "de", "deutsch": "de", "ger": "de", "deu": "de", "allemand": "de",
    "english": "en", "englisch": "en", "eng": "en", "anglais": "en",
    "french": "fr", "französisch": "fr", "fra": "fr", "fre": "fr", "français": "fr",
    "spanish": "es", "spanisch": "es", "spa": "es", "español": "es",
    "italian": "it", "italienisch": "it", "ita": "it", "italiano": "it",
}  # fmt: skip
CODE = re.compile(r"([a-z]{2})(?:[-_ ][a-z]{2,4})?(?:[-_.].*)?")


def heading(label: object) -> str:
    """A heading as it is compared: `First Name [Required]`, `E-Mail (dienstlich)`, `Email - Work`."""
    bare = re.sub(r"\[[^\]]*\]", " ", normalised(label))  # type: ignore[arg-type]
    return re.sub(r"[\s_\-–.:()/*\"“”]+", " ", bare).strip()


def column(label: str) -> str:
    """What a column holds, "" where it does not matter."""
    word = heading(label)
    found = COLUMNS.get(word, "")
    return "" if found == "email" and PRIVATE.search(word) else found


def rank(label: str) -> int:
    """How well a column's address reaches a person at work; the smallest is the best."""
    word = heading(label)
    return next(place for place, words in enumerate(ADDRESSES) if word in words)


def language(cell: str) -> str:
    """Two letters for `Deutsch`, `de-DE`, `German (Germany)`; "" where it says none."""
    text = normalised(cell)
    word = re.split(r"[\s(,;/]", text)[0] if text else ""
    if word in LANGUAGES:
        return LANGUAGES[word]
    match = CODE.fullmatch(word)
    return match[1] if match else ""
