"""Pure: read a lead in ADF 1.0, the XML in which car websites and lead providers send it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

# The header that the specification shows (`<?ADF …?><?XML VERSION …?>`) is not XML (law 5.4).
_HEADER = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\s*<\?.*?\?>)*", re.DOTALL)
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
#: What ADF is written in. Others cost as much time as a stranger likes (punycode is quadratic).
_ENCODINGS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252"}
    | {"cp1252", "utf-16"}
)
_TRUSTEDFORM = re.compile(r"https://cert\.trustedform\.com/[A-Za-z0-9._~-]{1,255}")
_VEHICLE = ("year", "make", "model", "trim")
_MOBILE_FIRST = ("cellphone", "mobile", "mobilephone", "cell", "voice", "phone", "")


class BadLead(ValueError):
    """What was sent is no ADF lead; the text says why."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One prospect. Texts are trimmed, "" where the lead is silent.

    `evidence` holds what else it said, by the names of ADF's elements.
    """

    name: str
    number: str
    provider: str
    vendor_id: str
    vendor_name: str
    vehicle: str
    stock_number: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    evidence: dict[str, str]


def parse(raw: bytes) -> Lead:
    """Return the one prospect of an ADF document.

    Entities, external references and document types are refused. Raises BadLead.
    """
    header = _HEADER.match(raw)
    end = header.end() if header else 0
    found = _ENCODING.search(raw[:end])
    encoding = found.group(1).decode().casefold() if found else "utf-8"
    if encoding not in _ENCODINGS:
        raise BadLead("This encoding is not read: send UTF-8.")
    try:
        text = raw[end:].decode(encoding)
        root = defusedxml.ElementTree.fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise BadLead("This is not an ADF document.") from error
    prospects = [root] if root.tag == "prospect" else root.findall("prospect")
    if len(prospects) != 1:
        raise BadLead(f"One prospect is expected; this has {len(prospects)}.")
    return _lead_of(prospects[0])


def _text(parent: Element, path: str) -> str:
    found = parent.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


def _name_of(contact: Element) -> str:
    names = {
        node.get("part", "full"): "".join(node.itertext()).strip()
        for node in contact.findall("name")
    }
    full = names.get("full", "")
    return full or " ".join(filter(None, (names.get(x, "") for x in ("first", "middle", "last"))))


def _number_of(contact: Element) -> str:
    """Return the number most likely a handset's; a fax is none."""
    numbers = {
        node.get("type", "").casefold(): "".join(node.itertext()).strip()
        for node in contact.findall("phone")
    }
    kinds = (*_MOBILE_FIRST, *(kind for kind in numbers if "fax" not in kind))
    return next((numbers[kind] for kind in kinds if numbers.get(kind)), "")


def _certificates(prospect: Element) -> dict[str, str]:
    """Return the certificate's address and the LeadiD, wherever the lead carries them."""
    words = " ".join(text for text in prospect.itertext())
    address = _TRUSTEDFORM.search(words)
    token = next(
        (
            "".join(node.itertext()).strip()
            for node in prospect.iter("id")
            if re.search("leadid|jornaya", node.get("source", ""), re.IGNORECASE)
        ),
        "",
    )
    return {"trustedform_url": address.group() if address else "", "leadid": token}


def _lead_of(prospect: Element) -> Lead:
    contact = prospect.find("customer/contact")
    if contact is None:
        raise BadLead("The lead has no customer/contact.")
    vehicle = " ".join(filter(None, (_text(prospect, f"vehicle/{x}") for x in _VEHICLE)))
    evidence = {
        "lead_id": _text(prospect, "id"),
        "submitted_at": _text(prospect, "requestdate"),
        "email": _text(contact, "email"),
        "comments": _text(prospect, "customer/comments"),
        "service": _text(prospect, "provider/service"),
        "url": _text(prospect, "provider/url"),
        "vin": _text(prospect, "vehicle/vin"),
        "consent_text": _text(prospect, "customer/consent")
        or _text(prospect, "customer/disclosure"),
        **_certificates(prospect),
    }
    return Lead(
        name=_name_of(contact),
        number=_number_of(contact),
        provider=_text(prospect, "provider/name"),
        vendor_id=_text(prospect, "vendor/id"),
        vendor_name=_text(prospect, "vendor/vendorname"),
        vehicle=vehicle,
        stock_number=_text(prospect, "vehicle/stock"),
        street=_text(contact, "address/street"),
        city=_text(contact, "address/city"),
        region=_text(contact, "address/regioncode"),
        postal_code=_text(contact, "address/postalcode"),
        country=_text(contact, "address/country"),
        evidence={key: value for key, value in evidence.items() if value},
    )
