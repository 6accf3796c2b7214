"""Template words: times, money, shares, masks, icons, verdicts, clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courierqa.core import drawing, formats, glyphs, privacy
from courierqa.core.context import NavGroup, rights
from courierqa.core.public import menu, public_url
from courierqa.core.text import blocks

register = template.Library()


# --- values ---------------------------------------------------------------------------------


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """Print a moment in the business zone, as a time element."""
    if not at:
        return formats.NOTHING
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), formats.moment(at))


@register.filter
def day(value: date | datetime | None) -> str:
    """Print a day."""
    return formats.day(value)


@register.filter
def clocktime(at: datetime | None) -> str:
    """Print the hour and minute in the business zone."""
    return formats.clock_time(at)


@register.filter
def due(at: datetime | None) -> SafeString | str:
    """Print a due moment as calendar time, with today and tomorrow by name."""
    if not at:
        return formats.NOTHING
    words = formats.due(at, now=timezone.now())
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), words)


@register.filter
def duration(span: timedelta | None) -> str:
    """Print the length of a span."""
    return formats.duration(span)


@register.filter
def minutes(count: float | None) -> str:
    """Print a number of minutes as the length of a span."""
    return formats.duration(None if count is None else timedelta(minutes=count))


@register.filter
def yuan(fen: int | None) -> str:
    """Print an amount in fen."""
    return formats.yuan(fen)


@register.filter
def share(value: float | None) -> str:
    """Print a fraction as a percentage."""
    return formats.share(value)


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """Print a number with thousands apart."""
    return formats.number(value, places)


@register.filter
def cell(value: object) -> object:
    """Print what stands in a table of a file: whole numbers with thousands apart, words as is."""
    return formats.number(value) if isinstance(value, int) else value


@register.filter
def grouped(waybill: str) -> str:
    """Print a parcel number in groups of four."""
    return formats.grouped(waybill)


@register.filter
def tail(waybill: str) -> str:
    """Print the last four characters of a parcel number."""
    return formats.tail(waybill)


@register.filter
def mask_name(name: str) -> str:
    """Print a person's name with all but its first character hidden."""
    return privacy.mask_name(name)


@register.filter
def mask_phone(phone: str) -> str:
    """Print a phone number with its middle hidden."""
    return privacy.mask_phone(phone)


@register.filter
def mask_address(address: str) -> str:
    """Print an address down to its district."""
    return privacy.mask_address(address)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return the entry of a mapping whose key is only known at run time."""
    return mapping.get(key) if mapping else None


@register.filter(name="local")
def local_filter(obj: Any, field: str) -> str:
    """Print the text of a two-language record in the reader's language."""
    english = getattr(obj, f"{field}_en", "")
    return english if english and formats.is_english() else getattr(obj, field, "")


@register.simple_tag
def local(obj: Any, field: str) -> str:
    """Print the text of a two-language record in the reader's language."""
    return local_filter(obj, field)


# --- page ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def may(context: template.Context, resource: str, action: str) -> bool:
    """Say whether the reader has a right at all; the rows are the view's business."""
    request = context.get("request")
    return bool(request and rights(request).may(resource, action))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the query string of this page with named keys changed, or dropped when empty."""
    values = context["request"].GET.copy()
    if "page" not in changes:
        values.pop("page", None)
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = value
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag(takes_context=True)
def icon(context: template.Context, name: str, label: str = "", extra: str = "") -> SafeString:
    """Draw an icon of the set; with a label it speaks, without one it is decoration.

    Pages for customers name a smaller set in `icon_set`, because they must stay light.
    """
    voice = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    sprite: str = context.get("icon_set") or "vendor/icons.svg"
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"></use></svg>',
        extra, SafeString(voice), _sheet(sprite), name,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _sheet(name: str) -> str:
    """Return the address of a set of icons; a page asks for it a hundred times."""
    return static(name)


@register.simple_tag
def nav_group(group: NavGroup) -> SafeString:
    """Draw a group of the navigation."""
    return _drawn(group, get_language() or "")


# A group without the current page looks alike on every page of every reader who has it.
@lru_cache(maxsize=512)
def _drawn(group: NavGroup, _language: str) -> SafeString:
    return render_to_string("components/_nav_group.html", {"group": group})


register.simple_tag(public_url, name="public_url")
register.simple_tag(menu, name="public_menu")
register.filter("blocks", blocks)


# --- drawings and verdicts -------------------------------------------------------------------

register.filter("kilos", formats.kilos)
register.simple_tag(drawing.sparkline, name="sparkline")
register.simple_tag(drawing.bullet, name="bullet")
register.simple_tag(glyphs.variation, name="variation")
register.simple_tag(glyphs.assurance, name="assurance")
register.simple_tag(glyphs.grade, name="grade")


@register.inclusion_tag("components/_clock.html")
def clock(state: Any, label: str = "") -> dict[str, Any]:
    """Print the badge of a clock: shape, word, due time, what is left."""
    return {"clock": state, "label": label}


@register.simple_tag
def clock_glyph(status: str) -> SafeString:
    """Draw the shape of a clock status."""
    return glyphs.clock(str(status))


@register.filter
def clock_words(state: Any) -> str:
    """Say how a clock stands in words."""
    left = formats.duration(state.remaining)
    words = {
        "running": _("%(left)s left"),
        "due_soon": _("due soon, %(left)s left"),
        "overdue": _("overdue by %(left)s"),
        "paused": _("paused, %(left)s left"),
        "met": _("in time"),
        "missed": _("missed"),
    }
    return words.get(str(state.status), "") % {"left": left}


@register.inclusion_tag("components/_chart.html")
def chart(
    name: str, option: dict[str, Any], *, title: str, subtitle: str = "", table: Any = None
) -> dict[str, Any]:
    """Place a chart: its finding as the title, its option as JSON, its table twin.

    `table` is `{"head": [...], "rows": [[...], ...]}`.
    """
    return {"name": name, "option": option, "title": title, "subtitle": subtitle, "table": table}
