"""The labels that office programs count for list items: 1, a, A, i, I and bullets."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Private characters of the symbol fonts, as Word stores its default bullets.
DASHES = {"\uf02d", "–", "—", "−", "‐", "‑"}


def roman(value: int) -> str:
    """Roman numeral in small letters; "" below one."""
    digits = []
    value = min(value, 9999)
    for worth, letters in ROMAN:
        times, value = divmod(value, worth)
        digits.append(letters * times)
    return "".join(digits)


def letters(value: int) -> str:
    """A to z, then aa, bb as Word counts."""
    if value < 1:
        return ""
    rounds, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (min(rounds, 50) + 1)


def numeral(value: int, style: str) -> str:
    """``value`` in a style of OOXML ("decimal", "lowerLetter", ...) or ODF ("1", "a", "A", "i", "I")."""
    match style:
        case "lowerLetter" | "a":
            return letters(value)
        case "upperLetter" | "A":
            return letters(value).upper()
        case "lowerRoman" | "i":
            return roman(value)
        case "upperRoman" | "I":
            return roman(value).upper()
        case "decimalZero":
            return f"{value:02d}"
        case "none" | "":
            return ""
        case _:
            return str(value)


def bullet(sign: str) -> str:
    """A bullet as a clerk would type it: a dash or plus stays, whatever a symbol font draws becomes "-"."""
    sign = sign.strip()
    if not sign:
        return ""
    if sign in DASHES or any("\ue000" <= char <= "\uf8ff" for char in sign):
        return "-"
    return sign
