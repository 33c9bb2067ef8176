"""Pure: the document as ADF 1.0, the XML in which dealers' CRMs take leads (RULE-PF-02)."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from archive.document import TranscriptDocument
from archive.formats.text import build_text

#: What XML 1.0 cannot hold, escaped or not (production 2, Char).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build_adf(document: TranscriptDocument, *, sha256: str) -> bytes:
    """Return the transcript as ADF/XML; the talk, and the permission it rests on, are comments.

    The same conversation keeps the same prospect id, so that a CRM can append. The number is given
    as a way to reach the customer only while they may be texted.

    Law: RULE-PF-02.
    """
    seller, customer = document.seller, document.customer
    adf = ET.Element("adf")
    prospect = ET.SubElement(adf, "prospect", {"status": "resend"})
    _put(prospect, "id", document.conversation, sequence=str(document.part), source="dealertext")
    _put(prospect, "requestdate", document.opened_at.isoformat(timespec="seconds"))
    if customer.vehicle or customer.stock_number:
        vehicle = ET.SubElement(prospect, "vehicle", {"interest": "buy"})
        _put(vehicle, "model", customer.vehicle)
        _put(vehicle, "stock", customer.stock_number)
    person = ET.SubElement(prospect, "customer")
    contact = ET.SubElement(person, "contact")
    _put(contact, "name", customer.name or "Unknown", part="full", type="individual")
    if document.permission.level != "none":
        _put(contact, "phone", customer.number, type="cellphone")
    _put(person, "comments", build_text(document, sha256=sha256).decode())
    vendor = ET.SubElement(prospect, "vendor")
    _put(vendor, "vendorname", seller.name)
    provider = ET.SubElement(prospect, "provider")
    _put(provider, "name", "dealertext", part="full")
    _put(provider, "service", "Text conversation transcript")
    body = ET.tostring(adf, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n{body}\n'.encode()


def _put(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    if text:
        ET.SubElement(parent, tag, attributes).text = _NOT_XML.sub("\ufffd", text)
