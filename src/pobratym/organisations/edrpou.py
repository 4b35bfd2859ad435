"""The check digit of an EDRPOU code, the eight-digit number of a legal entity in Ukraine's state register.

The rule as in python-stdnum's `stdnum.ua.edrpou` and on https://1cinfo.com.ua/Articles/Proverka_koda_po_EDRPOU.aspx:
weights 1…7, or 7, 1…6 for codes from 30 000 000 to 60 000 000; if the sum modulo 11 is 10, each weight grows by 2.
A right check digit does not prove that the entity exists.
"""


def is_edrpou(code: str) -> bool:
    """Whether the text is eight digits with the right check digit."""
    if len(code) != 8 or not (code.isascii() and code.isdigit()):
        return False
    digits = [int(digit) for digit in code]
    weights = (7, 1, 2, 3, 4, 5, 6) if code[0] in "345" else (1, 2, 3, 4, 5, 6, 7)
    rest = sum(weight * digit for weight, digit in zip(weights, digits[:7], strict=True)) % 11
    if rest == 10:
        rest = sum((weight + 2) * digit for weight, digit in zip(weights, digits[:7], strict=True)) % 11 % 10
    return rest == digits[7]
