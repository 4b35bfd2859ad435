"""What an official address tells of itself. Hints for a moderator, never a proof: mailboxes are opened by people."""

from urllib.parse import urlsplit

GOVERNMENT = "gov.ua"


def domain_of(email: str) -> str:
    """The part after the at sign."""
    return email.rpartition("@")[2].lower().strip(".")


def is_under(domain: str, above: str) -> bool:
    """Whether the domain is the other one or lies in it."""
    return bool(above) and (domain == above or domain.endswith(f".{above}"))


def is_governmental(email: str) -> bool:
    """Whether the address is under gov.ua, which is given to state bodies and councils only."""
    return is_under(domain_of(email), GOVERNMENT)


def is_of_site(email: str, website: str) -> bool:
    """Whether the address and the site share their domain."""
    site = (urlsplit(website).hostname or "").removeprefix("www.")
    domain = domain_of(email)
    # gov.ua itself is nobody's own domain.
    return domain not in {"", GOVERNMENT} and site != GOVERNMENT and (is_under(domain, site) or is_under(site, domain))
