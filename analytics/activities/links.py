"""Links as people paste them: what only follows readers around is cut off, and the same page is known again.

No library: those there are download rules, unwrap by asking other servers, or sort and encode a query anew, which
breaks links that are signed. What is cut off here stands in one list, and everything else stays as it was.
"""

import re
from urllib.parse import unquote, urlsplit

#: Beginnings and names that no site needs to find its page.
TRACKING = re.compile(
    r"(utm_|mc_|mtm_|pk_|hsa_|_hs|vero_|oly_|matomo_|wt_|at_custom)\w*"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|li_fat_id|mkt_tok|s_cid|icid"
    r"|_ga|_gl|trk|trkinfo|trackingid|ref_src|ref_url|__s|cmpid|wickedid|rb_clickid"
)
#: Names that mean something elsewhere.
OF_HOST = {
    "linkedin.com": frozenset({"lipi", "licu", "rcm", "refid", "midtoken", "midsig", "otptoken", "eid", "trkemail"}),
    "youtube.com": frozenset({"si", "feature", "pp", "ab_channel"}),
    "youtu.be": frozenset({"si", "feature"}),
    "spotify.com": frozenset({"si", "nd"}),
    "x.com": frozenset({"s", "t"}),
    "twitter.com": frozenset({"s", "t"}),
    "xing.com": frozenset({"sc_o", "sc_p"}),
    "medium.com": frozenset({"source", "sk_source"}),
    "instagram.com": frozenset({"img_index_source"}),
}
#: A query that is signed is taken whole or not at all.
SIGNED = re.compile(r"(^|[&_-])(sig|signature|hmac|token|sign|hash|policy)=", re.IGNORECASE)
POST = re.compile(
    r"(?:activity|share|ugcpost)[:-](\d{15,20})"
)  # the number of a post on LinkedIn, however it is linked
VIDEO = re.compile(r"[?&]v=([\w-]{11})(?:&|$)")


def cleaned(url: str) -> str:
    """The link without what follows readers around. What it leads to stays the same."""
    head, mark, fragment = url.partition("#")
    address, asked, query = head.partition("?")
    if not query or SIGNED.search(query):
        return url
    names = _of_host(url)
    kept = [part for part in query.split("&") if not _tracks(part.partition("=")[0], names)]
    return address + (asked + "&".join(kept) if kept else "") + mark + fragment


def same_page(url: str) -> str:
    """What links to one page have in common, for comparing only."""
    url = cleaned(url)
    try:
        parts = urlsplit(url)
        host = re.sub(r"^(www|m|mobile)\.|^[a-z]{2}\.(?=linkedin\.com$)", "", (parts.hostname or "").rstrip("."))
    except ValueError:
        return url
    path, query = parts.path.rstrip("/"), f"?{parts.query}" if parts.query else ""
    if host == "linkedin.com":
        found = POST.search(unquote(path).lower())
        if found and "comment" not in query.lower():
            return f"linkedin post {found[1]}"
    if host == "youtu.be" and "lc=" not in query:
        return f"youtube video {path.strip('/')}"
    if host == "youtube.com" and "lc=" not in query and (video := VIDEO.search(query)):
        return f"youtube video {video[1]}"
    return f"{'x.com' if host == 'twitter.com' else host}{path}{query}"


def _tracks(name: str, of_host: frozenset[str]) -> bool:
    name = unquote(name).lower()
    return name in of_host or TRACKING.fullmatch(name) is not None


def _of_host(url: str) -> frozenset[str]:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return frozenset()
    return next((names for known, names in OF_HOST.items() if f".{host}".endswith(f".{known}")), frozenset())
