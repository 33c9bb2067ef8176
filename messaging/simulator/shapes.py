"""The shapes of Twilio's REST API: SIDs, dates, resources and errors as its client reads them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from messaging.simulator.store import Media, Message, Number, Service

API_VERSION = "2010-04-01"

# HTTP status and wording of the errors that the carrier gives (law page 4.6).
ERRORS: dict[int, tuple[int, str]] = {
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region of the 'To' number",
    ),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number or a 'MessagingServiceSid' is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid number of your account."),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "The 'To' phone number is not reachable from this 'From' number."),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL"),
    21623: (400, "Number of media files exceeds the allowed limit"),
    21701: (400, "The Messaging Service does not exist"),
    21704: (400, "The Messaging Service contains no phone numbers"),
    30001: (429, "Queue overflow"),
    30003: (400, "Unreachable destination handset"),
    30004: (400, "Message blocked"),
    30005: (400, "Unknown destination handset"),
    30006: (400, "Landline or unreachable carrier"),
    30007: (400, "Message filtered"),
    30008: (400, "Unknown error"),
    30034: (400, "US A2P 10DLC - message from an unregistered number"),
    35114: (400, "SendAt is missing or not a time"),
    35115: (400, "SendAt time must be between 300 seconds and 35 days in the future"),
    35118: (400, "MessagingServiceSid is required to schedule a message"),
}


def new_sid(prefix: str) -> str:
    """Return a fresh SID: the prefix and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def rfc2822(at: float | None) -> str | None:
    """Write POSIX seconds as the 2010 API does."""
    return None if at is None else format_datetime(datetime.fromtimestamp(at, UTC))


def iso8601(at: float) -> str:
    """Write POSIX seconds as the v1 APIs do."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def error(code: int, *, status: int | None = None, message: str = "") -> dict[str, object]:
    """Build the JSON of an error; `status` only where it is not the usual one of the code."""
    usual_status, usual_message = ERRORS.get(code, (400, f"Error {code}"))
    return {
        "code": code,
        "message": message or usual_message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status or usual_status,
    }


def error_message(code: int | None) -> str | None:
    """Return the wording of an error code, or None without one."""
    return None if code is None else ERRORS.get(code, (400, f"Error {code}"))[1]


#: What the look-up says of numbers that end so; every other number is a mobile one.
LINES = {"0161": "landline", "0162": "fixedVoip", "0163": "nonFixedVoip", "0164": "pager"}
UNASSIGNED = "0165"


def line(number: str, fields: str, *, base_url: str) -> dict[str, object]:
    """Build the JSON of a look-up (v2); the line's type only where it is asked for."""
    is_valid = not number.endswith(UNASSIGNED)
    intelligence = {
        "error_code": None,
        "mobile_country_code": "310",
        "mobile_network_code": "456",
        "carrier_name": "Simulated Wireless",
        "type": LINES.get(number[-4:], "mobile"),
    }
    asked = "line_type_intelligence" in fields.split(",")
    return {
        "calling_country_code": "1",
        "country_code": "US",
        "phone_number": number,
        "national_format": number[2:],
        "valid": is_valid,
        "validation_errors": [] if is_valid else ["INVALID_BUT_POSSIBLE"],
        "line_type_intelligence": intelligence if asked and is_valid else None,
        "url": f"{base_url}/v2/PhoneNumbers/{number}",
    }


def message(item: Message) -> dict[str, object]:
    """Build the JSON of a Message."""
    uri = f"/{API_VERSION}/Accounts/{item.account_sid}/Messages/{item.sid}"
    unassigned = item.status in {"accepted", "scheduled"}
    return {
        "account_sid": item.account_sid,
        "api_version": API_VERSION,
        "body": item.body,
        "date_created": rfc2822(item.created),
        "date_sent": rfc2822(item.sent),
        "date_updated": rfc2822(item.updated),
        "direction": item.direction,
        "error_code": item.error_code,
        "error_message": error_message(item.error_code),
        # A service names its sender, and so the segments, only when it takes the text in hand.
        "from": None if unassigned else item.sender,
        "messaging_service_sid": item.service_sid or None,
        "num_media": str(item.num_media),
        "num_segments": "0" if unassigned else str(item.num_segments),
        "price": None,
        "price_unit": "USD",
        "sid": item.sid,
        "status": item.status,
        "subresource_uris": {
            "media": f"{uri}/Media.json",
            "feedback": f"{uri}/Feedback.json",
        },
        "to": item.recipient,
        "uri": f"{uri}.json",
    }


def media(item: Media, *, account_sid: str) -> dict[str, object]:
    """Build the JSON of a Media."""
    return {
        "account_sid": account_sid,
        "content_type": item.content_type,
        "date_created": rfc2822(item.created),
        "date_updated": rfc2822(item.created),
        "parent_sid": item.message_sid,
        "sid": item.sid,
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/Messages/{item.message_sid}"
        f"/Media/{item.sid}.json",
    }


def incoming_number(item: Number) -> dict[str, object]:
    """Build the JSON of an IncomingPhoneNumber."""
    return {
        "account_sid": item.account_sid,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": API_VERSION,
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": rfc2822(item.created),
        "date_updated": rfc2822(item.created),
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": item.name,
        "identity_sid": None,
        "origin": "twilio",
        "phone_number": item.number,
        "sid": item.sid,
        "sms_application_sid": "",
        "sms_fallback_method": "POST",
        "sms_fallback_url": item.sms_fallback_url,
        "sms_method": "POST",
        "sms_url": item.sms_url,
        "status": "in-use",
        "status_callback": item.status_callback,
        "status_callback_method": "POST",
        "trunk_sid": None,
        "uri": f"/{API_VERSION}/Accounts/{item.account_sid}/IncomingPhoneNumbers/{item.sid}.json",
        "voice_application_sid": "",
        "voice_caller_id_lookup": False,
        "voice_fallback_method": "POST",
        "voice_fallback_url": item.voice_fallback_url,
        "voice_method": "POST",
        "voice_receive_mode": "voice",
        "voice_url": item.voice_url,
    }


def service(item: Service, *, base_url: str) -> dict[str, object]:
    """Build the JSON of a Messaging Service."""
    url = f"{base_url}/v1/Services/{item.sid}"
    return {
        "account_sid": item.account_sid,
        "area_code_geomatch": True,
        "date_created": iso8601(item.created),
        "date_updated": iso8601(item.created),
        "fallback_method": "POST",
        "fallback_to_long_code": True,
        "fallback_url": item.fallback_url or None,
        "friendly_name": item.name,
        "inbound_method": "POST",
        "inbound_request_url": item.inbound_url or None,
        "links": {
            "phone_numbers": f"{url}/PhoneNumbers",
            "us_app_to_person": f"{url}/Compliance/Usa2p",
        },
        "mms_converter": True,
        "scan_message_content": "inherit",
        "sid": item.sid,
        "smart_encoding": True,
        "status_callback": item.status_callback or None,
        "sticky_sender": True,
        "synchronous_validation": False,
        "url": url,
        "us_app_to_person_registered": True,
        "use_inbound_webhook_on_number": item.use_number_webhook,
        "usecase": "mixed",
        "validity_period": 36000,
    }


def service_number(item: Number, *, base_url: str) -> dict[str, object]:
    """Build the JSON of a number in a Messaging Service's sender pool."""
    return {
        "account_sid": item.account_sid,
        "capabilities": ["SMS", "MMS"],
        "country_code": "US",
        "date_created": iso8601(item.created),
        "date_updated": iso8601(item.created),
        "phone_number": item.number,
        "service_sid": item.service_sid,
        "sid": item.sid,
        "url": f"{base_url}/v1/Services/{item.service_sid}/PhoneNumbers/{item.sid}",
    }


def campaign(item: Service, status: str, *, base_url: str) -> dict[str, object]:
    """Build the JSON of a Messaging Service's 10DLC campaign."""
    sid = "QE" + item.sid[2:]
    return {
        "account_sid": item.account_sid,
        "age_gated": False,
        "brand_registration_sid": "BN" + item.account_sid[2:],
        "campaign_id": "C" + item.sid[2:8].upper(),
        "campaign_status": status,
        "date_created": iso8601(item.created),
        "date_updated": iso8601(item.created),
        "description": "Conversations of a dealership with its customers",
        "direct_lending": False,
        "errors": [],
        "has_embedded_links": True,
        "has_embedded_phone": True,
        "help_keywords": ["HELP", "INFO"],
        "help_message": "",
        "is_externally_registered": False,
        "message_flow": "",
        "message_samples": [],
        "messaging_service_sid": item.sid,
        "mock": False,
        "opt_in_keywords": ["START"],
        "opt_in_message": "",
        "opt_out_keywords": ["STOP"],
        "opt_out_message": "",
        "rate_limits": {"att": {"mps": 10}, "tmobile": {"brand_tier": "TOP"}},
        "sid": sid,
        "subscriber_opt_in": True,
        "us_app_to_person_usecase": "MIXED",
        "url": f"{base_url}/v1/Services/{item.sid}/Compliance/Usa2p/{sid}",
    }


def brand(account_sid: str, status: str, *, base_url: str) -> dict[str, object]:
    """Build the JSON of the one 10DLC brand of an account."""
    sid = "BN" + account_sid[2:]
    return {
        "sid": sid,
        "account_sid": account_sid,
        "brand_type": "STANDARD",
        "status": status,
        "tcr_id": "B" + account_sid[2:8].upper(),
        "failure_reason": None,
        "errors": [],
        "brand_score": 75,
        "identity_status": "VERIFIED",
        "mock": False,
        "url": f"{base_url}/v1/a2p/BrandRegistrations/{sid}",
    }


def tollfree_verification(item: Number, status: str) -> dict[str, object]:
    """Build the JSON of a toll-free number's verification."""
    return {
        "sid": "HH" + item.sid[2:],
        "account_sid": item.account_sid,
        "tollfree_phone_number_sid": item.sid,
        "status": status,
        "business_name": item.name,
    }


def page_2010(
    key: str,
    items: list[dict[str, object]],
    *,
    path: str,
    query: dict[str, list[str]],
    page: int,
    page_size: int,
    next_token: str | None,
) -> dict[str, object]:
    """Build a page of the 2010 API; `next_token` None ends the list."""
    kept = {
        name: values
        for name, values in query.items()
        if name not in {"Page", "PageToken", "PageSize"}
    }

    def uri(number: int, token: str | None) -> str:
        asked: dict[str, object] = {**kept, "PageSize": page_size, "Page": number}
        if token:
            asked["PageToken"] = token
        return f"{path}?{urlencode(asked, doseq=True)}"

    return {
        key: items,
        "end": page * page_size + max(len(items) - 1, 0),
        "first_page_uri": uri(0, None),
        "next_page_uri": uri(page + 1, next_token) if next_token else None,
        "page": page,
        "page_size": page_size,
        "previous_page_uri": None,
        "start": page * page_size,
        "uri": uri(page, None),
    }


def page_v1(key: str, items: list[dict[str, object]], *, url: str) -> dict[str, object]:
    """Build the only page of a list of the v1 APIs."""
    return {
        key: items,
        "meta": {
            "first_page_url": f"{url}?PageSize=50&Page=0",
            "key": key,
            "next_page_url": None,
            "page": 0,
            "page_size": 50,
            "previous_page_url": None,
            "url": f"{url}?PageSize=50&Page=0",
        },
    }
