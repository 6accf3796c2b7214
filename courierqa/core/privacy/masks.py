"""Masks: what a page shows of a person unless somebody reveals it with a reason.

The least that must be hidden is that of GB/T 41833: one character of a name, six digits of a
phone number, the unit and room of an address.
"""

from __future__ import annotations

import re
import unicodedata

STAR = "*"
_COMPOUND = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 长孙 宇文 轩辕 端木 百里 东郭 "
    "南宫 西门 独孤 司空 太史 申屠 公冶 澹台 闻人 钟离 鲜于 闾丘 仲孙 濮阳 淳于 单于 太叔 呼延 "
    "歐陽 司馬 諸葛 東方 尉遲 公孫 長孫 軒轅 南宮 西門 獨孤 澹臺 聞人 鍾離 鮮于 閭丘 濮陽"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]+")
HIDDEN_DIGITS = 6


def mask_name(name: str) -> str:
    """Return 张*, 张**, 欧阳**, L***: the surname of a Chinese name, one letter of any other."""
    name = unicodedata.normalize("NFC", name or "").strip()
    if not name:
        return ""
    if len(name) == 1:
        return STAR
    if not _HAN.fullmatch(name):
        return name[0] + STAR * 3
    shown = 2 if len(name) > 2 and f" {name[:2]} " in f" {_COMPOUND} " else 1
    return name[:shown] + STAR * min(len(name) - shown, 2)


def mask_phone(phone: str, *, tail: int = 2) -> str:
    """Return 138******78. `tail=4` keeps the last four digits and still hides six."""
    digits = _national(phone or "")
    if not digits:
        return STAR * HIDDEN_DIGITS if (phone or "").strip() else ""
    visible = max(len(digits) - HIDDEN_DIGITS, 0)
    last = min(tail, visible)
    first = min(visible - last, 4)
    hidden = STAR * min(len(digits) - first - last, 8) if visible else STAR * HIDDEN_DIGITS
    return digits[:first] + hidden + (digits[-last:] if last else "")


def _national(phone: str) -> str:
    plain = unicodedata.normalize("NFKC", phone)
    digits = "".join(sign for sign in plain if sign.isascii() and sign.isdigit())
    if plain.strip().startswith(("+86", "0086")):
        return digits.removeprefix("00").removeprefix("86")
    return digits


def mask_id(number: str) -> str:
    """Return 110***********1234; anything short is hidden whole."""
    number = (number or "").strip()
    if len(number) < 12:
        return STAR * len(number)
    return number[:3] + STAR * (len(number) - 7) + number[-4:]


# From here on an address names a house, not a street.
_HOUSE = re.compile(
    r"[0-9０-９#＃]|[一二三四五六七八九十百零〇两甲乙丙丁]+(?:号|號|幢|栋|棟|座|单元|單元|室|楼|樓|层|層|期|门|門|户|戶|组|組)"
    r"|[A-Za-zＡ-Ｚ](?:座|栋|幢|区|楼)|单元|室|房"
)
_STREET = re.compile(r"大道|街道|路|街|巷|弄|胡同|道|镇|鎮|乡|鄉|村|区|區|县|縣|市|省|州|盟|旗")


def mask_address(address: str) -> str:
    """Return the address down to its street; house, unit and room are hidden."""
    address = unicodedata.normalize("NFC", address or "").strip()
    if not address:
        return ""
    if not _HAN.search(address):
        return _mask_latin(address)
    house = _HOUSE.search(address)
    before = address[: house.start()] if house else address
    ends = [found.end() for found in _STREET.finditer(before) if found.end() < len(address)]
    kept = before[: ends[-1]] if ends else before[: min(6, len(address) // 2)]
    return f"{kept.rstrip()}{STAR * 3}"


def _mask_latin(address: str) -> str:
    """Keep the parts between commas that hold no number and name no flat, never the first."""
    parts = [part.strip() for part in address.split(",")]
    last = [part for part in parts[1:] if not re.search(r"\d|room|flat|unit|apt|suite", part, re.I)]
    return ", ".join([STAR * 3, *last])


_NUMBERS = re.compile(r"(?<![0-9A-Za-z])\+?[0-9][0-9 \-]{5,24}[0-9Xx](?![0-9A-Za-z])")


def mask_text(text: str) -> str:
    """Hide phone, identity and card numbers in free text."""
    return _NUMBERS.sub(lambda found: _mask_number(found[0]), text or "")


def _mask_number(number: str) -> str:
    digits = re.sub(r"[^0-9Xx]", "", number)
    if len(digits) < 7:
        return number
    return mask_phone(digits) if len(digits) <= 13 else f"{digits[:3]}{STAR * 8}"
