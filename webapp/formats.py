"""How money and times are written on pages."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import get_currency_precision
from flask import Flask

LOCALE = "en_GB"


def money(minor_units: int | None, currency: str) -> str:
    """An amount in minor units as people read it: `1,045.00 EUR`, or `no charge`; a free seat is one to be had."""
    return f"{_major(minor_units, currency):,f} {currency}" if minor_units else "no charge"


def amount(minor_units: int, currency: str) -> str:
    """An amount in minor units as people type it: `45.00`."""
    return f"{_major(minor_units, currency):f}"


def _major(minor_units: int, currency: str) -> Decimal:
    return Decimal(minor_units).scaleb(-get_currency_precision(currency))


def show_time(moment: datetime, timezone: str) -> str:
    """A moment as a date and time at the venue: `Sat 12 December 2026, 19:30`."""
    return format_datetime(moment, "EEE d MMMM y, HH:mm", ZoneInfo(timezone), LOCALE)


def clock_time(moment: datetime, timezone: str) -> str:
    """A moment as the time of day at the venue: `19:42`."""
    return format_datetime(moment, "HH:mm", ZoneInfo(timezone), LOCALE)


def local_time(moment: datetime, timezone: str) -> datetime:
    """A moment as the venue's clocks and calendars have it."""
    return moment.astimezone(ZoneInfo(timezone))


def zone_name(timezone: str, moment: datetime) -> str:
    """What people call the clocks of a venue: `Helsinki time`; of a zone that is no place, its offset then."""
    region, _, place = timezone.rpartition("/")
    if region and not region.startswith("Etc"):
        return f"{place.replace('_', ' ')} time"
    offset = f"{local_time(moment, timezone):%z}"
    return "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:]}"


def paragraphs(text: str) -> Sequence[str]:
    """A text without its empty lines: what stood between them are its paragraphs."""
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def iso(moment: datetime) -> str:
    """A moment for machines, as RFC 3339 has it."""
    return moment.isoformat()


def register(app: Flask) -> None:
    """Make the formats filters of the templates."""
    for write in (money, show_time, clock_time, local_time, zone_name, paragraphs, iso):
        app.add_template_filter(write)
