"""Whose file it is: the kind of export must fit the account, and the name in it the person or the page."""

import re
import unicodedata
from typing import Any

from analytics.channels import services as accounts
from analytics.channels.account_names import is_called, named
from analytics.channels.models import Account
from analytics.imports.models import ImportRun
from analytics.sources.handover import ParsedFile

PERSONAL = ("linkedin_profile", "linkedin_post", "linkedin_archive")
COMPANY = "linkedin_company"
RECORDS = "records_"
LIST_OF_PEOPLE = "records_unknown"
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}")
WHO = ("other_name", "other_account")  # what is asked where a file carries another name
TITLES = frozenset({"dr", "prof", "mag", "dipl", "ing", "mba", "msc", "bsc", "phd"})


def wrong_kind(account: Account, kind: str) -> str:
    """The code of the refusal where an export of the other kind was brought."""
    if account.kind == Account.Kind.PERSON and kind.startswith(COMPANY):
        return "company_file"
    if account.kind == Account.Kind.PERSON and kind.startswith(RECORDS):
        return "records_of_people"
    if account.kind == Account.Kind.RECORDS:
        return "" if kind.startswith(RECORDS) else "records_unknown"
    return "personal_file" if account.kind == Account.Kind.COMPANY and kind in PERSONAL else ""


def is_about_others(run: ImportRun) -> bool:
    """Whether the file lists people who are no part of the program: who applied, was hired, asked for something."""
    return run.account.kind == Account.Kind.RECORDS or run.kind.startswith(RECORDS)


def lists_people(outline: dict[str, Any]) -> bool:
    """Whether a table that nobody knows has addresses in it: its first rows are neither shown nor kept."""
    texts = [*outline["texts"].values(), *(cell for _, rows in outline["sheets"] for row in rows for cell in row)]
    return any(map(ADDRESS.search, texts))


def refusal(run: ImportRun, code: str, params: dict[str, Any], asked: frozenset[str]) -> dict[str, Any]:
    """Why a file is refused; of a list of people in words that repeat no cell of it."""
    if is_about_others(run) and code in asked:
        return {"code": "records_unknown"}
    return {"code": code, "params": params}


def told_by(file: ParsedFile) -> str:
    """The name that the file carries: the owner's, the page's, or what its column “account” says."""
    return file.owner_name or (file.accounts[0] if file.accounts else "") or file.account_hint or ""


def turn_to(run: ImportRun, file: ParsedFile) -> str:
    """Let the run speak of the account that the file names; answer the name as it is to be remembered.

    Figures of another network never mix with those of LinkedIn.
    """
    if file.kind.startswith(RECORDS):
        run.account = accounts.ensure_records_account(run.program)
        return ""
    network, name = named(file.accounts[0]) if file.accounts else (run.account.network, told_by(file))
    if network == run.account.network:
        run.account = page_called(run.account, name)
    else:
        user, program = run.account.user, run.program
        if user is None:
            run.account = page_called(accounts.ensure_company_account(program, network, name), name)
        else:
            run.account = accounts.ensure_personal_account(user, program, network)
    return name


def page_called(account: Account, name: str) -> Account:
    """Of several pages of the company on one network the one that the file names; else the account itself."""
    if account.user is not None or not name or is_called(account, name):
        return account
    pages = Account.objects.filter(program=account.program_id, kind=account.kind, network=account.network)
    return next((each for each in pages.exclude(pk=account.pk).order_by("pk") if is_called(each, name)), account)


def is_somebody_else(account: Account, name: str, *, is_certain: bool) -> bool:
    """Whether the name in the file is another one than the account's. Without a name nobody knows.

    The name of a page's download is spelled as in its address: until one was applied it proves nothing.
    """
    if not name:
        return False
    known = [account.owner_name] if account.owner_name else []
    if account.user is None and (known or is_certain):
        known.append(account.handle)
    elif not known and account.user is not None:
        known = [account.user.name, account.handle]
    known = [each for each in known if each.strip()]
    return bool(known) and not any(same_name(name, each) for each in known)


def became_somebody_else(run: ImportRun) -> bool:
    """Whether a file that was applied since this one was read carries another name."""
    if run.confirmed_owner or not run.account.owner_name:
        return False
    return is_somebody_else(run.account, run.preview.get("owner", ""), is_certain=True)


def asked(run: ImportRun, name: str, *, by_owner: bool) -> dict[str, Any]:
    """What is asked where the name in a file is another one."""
    known = run.account.owner_name or run.account.handle or str(run.account.user or "")
    return {"code": WHO[0] if by_owner else WHO[1], "params": {"name": name, "known": known}}


def may_be_a_page(run: ImportRun) -> bool:
    """Whether the company may have another page of this name beside the one that is known."""
    return run.account.kind == Account.Kind.COMPANY and run.message.get("code") in WHO and bool(asked_name(run))


def asked_name(run: ImportRun) -> str:
    return str(run.message["params"]["name"]).strip()


def same_name(one: str, other: str) -> bool:
    """`Dr. Erika Beispiel`, `Beispiel, Erika` and `ErikaBeispiel` are one; so are `nordwerk-ag` and `Nordwerk AG`."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return one.strip().casefold() == other.strip().casefold()
    if min(len(first), len(second)) > 1 and (first <= second or second <= first):
        return True
    return first == second or "".join(_in_order(one)) == "".join(_in_order(other))


def _in_order(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word for word in re.findall(r"[^\W\d_]+", plain) if word not in TITLES]


def _words(name: str) -> frozenset[str]:
    return frozenset(_in_order(name))
