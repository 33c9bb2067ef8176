from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.segments import GSM_BASIC, GSM_EXTENSION, Encoding, count

GSM = st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENSION)), max_size=700)
CAR = "\U0001f697"


def test_the_alphabet_has_its_127_characters_and_its_extension_ten():
    assert len(GSM_BASIC) == 127
    assert len(GSM_EXTENSION) == 10
    assert not GSM_BASIC & GSM_EXTENSION


@pytest.mark.parametrize(
    ("body", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a", "GSM-7", 1, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("é", "GSM-7", 1, 1),
        ("ê", "UCS-2", 1, 1),
        ("ñ¿¡", "GSM-7", 3, 1),
        ("í", "UCS-2", 1, 1),
        ("ç", "UCS-2", 1, 1),
        ("Ç", "GSM-7", 1, 1),
        ("it\u2019s here", "UCS-2", 9, 1),
        ("`", "UCS-2", 1, 1),
        ("\t", "UCS-2", 1, 1),
        ("\u00a0", "UCS-2", 1, 1),
        ("é" * 70, "GSM-7", 70, 1),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("ê" * 134, "UCS-2", 134, 2),
        ("ê" * 135, "UCS-2", 135, 3),
        (CAR, "UCS-2", 2, 1),
        (CAR * 35, "UCS-2", 70, 1),
        (CAR * 36, "UCS-2", 72, 2),
        # 33 pairs fill 66 of 67 units: the odd unit stays empty
        (CAR * 66, "UCS-2", 132, 2),
        (CAR * 67, "UCS-2", 134, 3),
        # an escape pair at the border of a part: 76 pairs fill 152 of 153
        ("€" * 152, "GSM-7", 304, 2),
        ("€" * 153, "GSM-7", 306, 3),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("a" * 153 + "€" + "a" * 151, "GSM-7", 306, 2),
    ],
)
def test_texts_take_their_known_number_of_segments(body, encoding, units, segments):
    found = count(body)
    assert (found.encoding, found.units, found.segments) == (encoding, units, segments)


def test_the_composer_learns_what_is_left_and_what_costs():
    assert count("").left == 160
    assert count("a" * 100).left == 60
    assert count("a" * 161).left == 2 * 153 - 161
    assert count("a \u201cb\u201d \u201cc\u201d").forces_ucs2 == ("\u201c", "\u201d")
    assert count("plain").forces_ucs2 == ()


@given(st.text(max_size=700))
def test_units_are_utf16_code_units_wherever_gsm_does_not_reach(body):
    found = count(body)
    if found.encoding is Encoding.UCS_2:
        assert found.units == len(body.encode("utf-16-le", "surrogatepass")) // 2
        limit, part = 70, 67
    else:
        assert found.units == len(body) + sum(char in GSM_EXTENSION for char in body)
        limit, part = 160, 153
    assert sum(found.parts) == found.units
    assert len(found.parts) == found.segments
    assert found.left >= 0
    if found.units <= limit:
        assert found.segments == bool(body)
    else:
        assert all(part - 1 <= filled <= part for filled in found.parts[:-1])
        assert -(-found.units // part) <= found.segments <= -(-found.units // (part - 1))


@given(GSM)
def test_gsm_texts_stay_gsm_until_one_character_is_not(body):
    assert count(body).encoding is Encoding.GSM_7
    assert count(body + "\u2019").encoding is Encoding.UCS_2


@given(st.text(max_size=300), st.characters(codec="utf-8"))
def test_a_longer_text_never_takes_fewer_segments(body, char):
    assert count(body + char).segments >= count(body).segments
