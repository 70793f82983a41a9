"""The number of an establishment (SIRET): fourteen digits of which the last checks the others (Luhn)."""

_LA_POSTE = (
    "356000000"  # its thousands of offices follow another rule: the digits add up to a multiple of five
)


def is_siret(text: str) -> bool:
    """Whether fourteen digits, written without spaces, can be a SIRET."""
    if len(text) != 14 or not text.isascii() or not text.isdigit():
        return False
    digits = [int(digit) for digit in text]
    if text.startswith(_LA_POSTE) and sum(digits) % 5 == 0:
        return True
    doubled = (sum(divmod(digit * 2, 10)) if rank % 2 == 0 else digit for rank, digit in enumerate(digits))
    return sum(doubled) % 10 == 0
