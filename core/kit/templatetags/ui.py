"""Icons, and numbers, dates and times the way the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from uuid import uuid4

from babel.dates import format_timedelta
from django import template
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.disclosure.gate import People
from core.kit import cldr, drawn, form_parts
from core.kit.refusals import typed

register = template.Library()

NOTHING = "–"  # what stands where a figure is not known
ICON_SIZES = {"": "icon", "s": "icon icon-s", "l": "icon icon-l"}
ONCE = "once"  # the hidden field with the key of a form
TINTS = 4  # colours of person chips, see .av in components.css


def _decimal(value: Any) -> Decimal | None:
    """The number behind a value, or None when there is none to show."""
    if value is None or value == "":
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@cache
def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite. It decorates words and never replaces them, so screen readers skip it."""
    return mark_safe(f'<svg class="{ICON_SIZES[size]}" aria-hidden="true"><use href="{_sprite()}#{name}"/></svg>')


@register.filter
def without_stop(label: Any) -> str:
    """A label that is a sentence, with something behind it."""
    return str(label).rstrip(".")


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """1234.5 is 1.234,5 in German and 1,234.5 in English."""
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    return cldr.number(amount, None if decimals is None else int(decimals))


@register.filter
def people(value: People) -> str:
    """A count of people as the gate lets it out: a number, "fewer than 5" or "40 to 44"."""
    if value.is_exact:
        return number(value.low)
    if value.high is None:
        return gettext("%(low)s or more") % {"low": number(value.low)}
    if value.low == 0:
        return gettext("fewer than %(k)s") % {"k": number(value.high + 1)}
    return gettext("%(low)s to %(high)s") % {"low": number(value.low), "high": number(value.high)}


@register.filter
def compact(value: Any) -> str:
    """412000 is 412 Tsd. in German and 412K in English; small numbers stay as they are."""
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    return cldr.compact(amount)


@register.filter
def percent(value: Any, decimals: int = 0) -> str:
    """The ratio 0.823 is 82 % in German and 82% in English."""
    ratio = _decimal(value)
    if ratio is None:
        return NOTHING
    return cldr.percent(ratio, int(decimals))


@register.filter
def share_of(done: Any, total: Any) -> Decimal | None:
    """How much of a whole is done, as a ratio for `percent`."""
    part, whole = _decimal(done), _decimal(total)
    return part / whole if part is not None and whole else None


@register.filter
def minutes(value: Any) -> str:
    """95 minutes are 1 hr 35 min; a whole hour says no minutes."""
    if isinstance(value, timedelta):
        value = round(value.total_seconds() / 60)
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    hours, rest = divmod(int(amount), 60)
    parts = []
    if hours:
        parts.append(gettext("%(count)s hr") % {"count": number(hours)})
    if rest or not hours:
        parts.append(gettext("%(count)s min") % {"count": rest})
    return "\N{NO-BREAK SPACE}".join(parts)


def _local_day(value: date | datetime) -> date:
    """The day a moment falls on for the reader."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def day(value: date | datetime | None, style: str = "short") -> str:
    """A date as the reader writes it; `weekday` (with the year when it is not this one), `month`, `long` and `full` say
    more of it."""
    if not value:
        return NOTHING
    when = _local_day(value)
    if style == "weekday" and when.year != timezone.localdate().year:
        style = "weekday_year"
    return cldr.written(when, style)


@register.filter
def mark(number: int, of: str) -> str:
    """What stands in an address for a counted number."""
    return drawn.mark(of, number) or ""


@register.filter
def clock(value: datetime | None) -> str:
    """The time of day for the reader: 14:00 Uhr, 14:00."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return cldr.clock(local.time())


@register.filter
def oclock(value: time | None) -> str:
    """The same for a time without its day."""
    return cldr.clock(value) if value else ""


@register.filter
def hour(value: time | datetime | None) -> str:
    """The time of day where a column of times stands: 9:30, without a word, as `clock` writes it."""
    if not value:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{local.hour}:{local.minute:02d}"


@register.filter
def ago(value: date | datetime | None) -> str:
    """How long since, in words; what lies ahead is said as `in 3 days`."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        delta = value - (timezone.now() if timezone.is_aware(value) else datetime.now())
        if abs(delta) < timedelta(minutes=1):
            return gettext("just now")
    else:
        delta = value - timezone.localdate()
        if not delta:
            return gettext("today")
    return format_timedelta(delta, add_direction=True, locale=cldr.locale())


SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


@register.filter
def browser(user_agent: str) -> str:
    """What a browser calls itself, as people know it: Firefox on Windows."""
    name = next((shown for mark, shown in BROWSERS if mark in user_agent), "")
    system = next((shown for mark, shown in SYSTEMS if mark in user_agent), "")
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or gettext("Unknown browser")


@register.filter
def tint(key: Any) -> str:
    """The colour class of a person chip: the same person keeps the same one."""
    return f"t{sum(map(ord, str(key))) % TINTS + 1}"


@register.filter
def number_machine(value: Any) -> str:
    """A number for `data-` attributes and SVG: never in the reader's format."""
    amount = _decimal(value)
    return "" if amount is None else format(amount, "f")


ROW_HIGH, ROWS_FROM = 50, 66  # the timeline's rows, in pixels; the months stand above them


@register.filter
def row_top(index: int) -> int:
    """Where a row of the timeline begins."""
    return ROWS_FROM + int(index) * ROW_HIGH


@register.filter
def at(items: Any, index: int) -> Any:
    """The item of a list at a place, for two lists that run side by side."""
    return items[index] if index < len(items) else None


@register.simple_tag(takes_context=True)
def csrf_field(context: template.Context) -> SafeString:
    """The CSRF field, also in a part that was included with `only`."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return mark_safe("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.inclusion_tag("ui/_typed.html", takes_context=True)
def what_was_written(context: template.Context) -> dict[str, Any]:
    """What somebody wrote into a form that was refused, for them to copy; nothing on other pages."""
    request = getattr(context, "request", None) or context.get("request")
    words = context["typed"] if "typed" in context else typed(request) if request is not None else []
    return {"typed": words}


@register.simple_tag
def once_field() -> SafeString:
    """The key by which a form that makes something is known when it comes twice (`core.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, uuid4())


@register.simple_tag(takes_context=True)
def querystring_of(context: template.Context, key: str, value: Any) -> str:
    """The page's own query string with one key set, also in a part that was included with `only`."""
    request = getattr(context, "request", None) or context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def own_path(context: template.Context) -> str:
    """The page's own address without what stands behind it, also in a part that was included with `only`."""
    request = getattr(context, "request", None) or context.get("request")
    return request.path if request is not None else ""


WIDGET_CLASSES = {
    "checkbox": "tickbox",
    "select": "form-select",
    "peopleselect": "form-select",
    "selectmultiple": "form-select",
    "nullbooleanselect": "form-select",
    "file": "filefield",
    "clearablefile": "filefield",
}


@register.filter
def parts_of(form: BaseForm) -> Any:
    """A form in the parts it is folded into."""
    return form_parts.parts_of(form)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A form field's control in the house's look; Django adds what screen readers need."""
    own = field.field.widget.attrs.get("class", "")
    name = WIDGET_CLASSES.get(field.widget_type, "form-control")
    invalid = " is-invalid" if field.errors else ""
    attrs: dict[str, str | bool] = {"class": f"{name}{invalid} {own}".strip()}
    if field.field.widget.attrs.get("placeholder") == field.label:  # the label stands above it already
        attrs["placeholder"] = ""
    return field.as_widget(attrs=attrs)


@register.filter
def unit_of(field: BoundField) -> str:
    """The unit that stands behind a field, from its widget's `data-unit`."""
    return str(field.field.widget.attrs.get("data-unit", ""))
