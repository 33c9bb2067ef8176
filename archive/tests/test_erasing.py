"""A person erased: data gone from the whole database and the files; proofs and the stop stay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Thread
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.clock import now
from accounts.models import DealerGroup, Dealership, Role, User
from archive import checking, erasing, exports, reviewing, sealing
from archive.models import Export
from archive.tests.conftest import add_outbound
from conftest import (
    CORA_NUMBER,
    NORTH_NUMBER,
    SOUTH_NUMBER,
    make_contact,
    make_user,
    photo,
    post_inbound,
)
from consent import (
    checkpoints,
    contacts,
    correction,
    disclosures,
    documents,
    gate,
    importing,
    ledger,
    opt_in,
    own_page,
    proofs,
    revocation,
    suppressions,
)
from consent import erasing as consent_erasing
from consent.columns import ListSort
from consent.decision import Purpose
from consent.forms import DetailsForm
from consent.kinds import Basis, Kind, Status
from consent.levels import Level
from consent.models import (
    ConsentEvent,
    Contact,
    ErasureReason,
    Evidence,
    ListImport,
    PhoneNumber,
)
from messaging import conversations, outbound
from messaging import media as fetching
from messaging.models import Attachment, Conversation, Message, WebhookReceipt

NAME = "Zebedee Quillfeather"
WORDS = "marmalade"  # in every text, comment and document detail of the person
NEEDLES = (CORA_NUMBER[2:], "717-555-0142", "Zebedee", "Quillfeather", WORDS)
REQUEST = ErasureReason.REQUEST
CODES = ("utf-8", "utf-16")


def places_with(needle: str) -> list[str]:
    """Return every column of every table, and every file, in which a text stands."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.table_name, c.column_name, c.data_type
              FROM information_schema.columns c JOIN information_schema.tables t
                USING (table_schema, table_name)
             WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
            """
        )
        for table, column, sort in cursor.fetchall():
            if sort == "bytea":
                where = f"position(convert_to(%s, 'UTF8') IN \"{column}\") > 0"
            else:
                where = f'position(%s IN "{column}"::text) > 0'
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {where}', [needle])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.fixture(autouse=True)
def media(shelf: Path) -> Path:
    return shelf


@pytest.fixture
def boss(north: Dealership) -> User:
    return make_user("boss@example.com", "Bo Boss", north, Role.ADMIN)


@pytest.fixture
def person(north: Dealership, boss: User, sal: User) -> PhoneNumber:
    """Store somebody of whom everything that can be held is held."""
    phone = make_contact(
        north, name=NAME, street=f"1 {WORDS} Way", postal_code="17202", vehicle=WORDS
    )
    contacts.record_basis(
        phone,
        basis=Basis.SIGNED_DOCUMENT,
        evidence={"note": WORDS},
        acting_user=sal,
        paper=photo(),
    )
    post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body=f"Is the {WORDS} car there?")
    talk = Conversation.objects.get(phone=phone)
    add_outbound(talk, f"Yes, {NAME}, in {WORDS}", author=sal)
    gate.ask(phone, purpose=Purpose.PROMOTIONAL)
    picture = Attachment.objects.create(
        message=talk.messages.latest("pk"), position=0, status="stored", content_type="image/jpeg"
    )
    picture.file.save("picture.jpg", ContentFile(WORDS.encode()))
    conversations.close(talk, acting_user=sal)
    assert sealing.seal(talk.pk) is sealing.Outcome.SEALED
    reviewing.add_review(talk.transcripts.get(), comment=WORDS, score=None, acting_user=boss)
    reviewing.add_review(talk.transcripts.get(), comment=WORDS, score=4, acting_user=boss)
    rows = f'number,name\n717-555-0142,"{NAME}\nsaid {WORDS}"\n717-555-0199,Ann\n'
    for encoding in CODES:
        importing.take_in(
            north,
            sort=ListSort.CONSENTS,
            file=BytesIO(rows.encode(encoding)),
            list_on=None,
            source="old",
            acting_user=boss,
        )
    phone.contact.name = NAME + " Jr"
    phone.contact.save()
    export = exports.request_export(north, acting_user=boss)
    assert exports.build(export.pk) == "complete"
    checkpoints.publish(north)
    return phone


def erase(phone: PhoneNumber, by: User) -> bool:
    contact = Contact.objects.select_related("dealership__group").get(pk=phone.contact_id)
    done = erasing.erase(contact, reason=REQUEST, acting_user=by)
    erasing.sweep_files()
    return done


def erased_by_two(phone: PhoneNumber, by: User) -> list[bool]:
    """Erase one person from two threads at once; return what they said, sorted."""
    outcomes = []

    def erase_in_a_thread() -> None:
        try:
            outcomes.append(erase(phone, by))
        finally:
            connection.close()

    threads = [Thread(target=erase_in_a_thread) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def files_with(root: Path, needle: str) -> Iterator[str]:
    for file in root.rglob("*"):
        if file.is_file() and needle.encode() in file.read_bytes():
            yield str(file)


def test_nothing_of_the_person_is_left_in_any_table_or_file(person, boss, media):
    for needle in NEEDLES[:1] + NEEDLES[2:]:  # the search finds what is there
        assert places_with(needle), needle
    assert list(files_with(media, WORDS))
    assert list(files_with(media, "Quillfeather"))
    assert list(media.rglob("*.zip"))
    assert erase(person, boss)
    assert {needle: places_with(needle) for needle in NEEDLES} == {n: [] for n in NEEDLES}
    assert [hit for needle in NEEDLES for hit in files_with(media, needle)] == []
    assert not list(media.rglob("*.zip"))
    assert Export.objects.get().failure == "erased"
    assert list(files_with(media, "Ann"))  # another row of the list that came in


def test_entries_proofs_and_checkpoints_hold(person, boss, north):
    before = list(ConsentEvent.objects.values_list("index", "leaf_hash"))
    erase(person, boss)
    checkpoints.publish(north)
    assert list(ConsentEvent.objects.values_list("index", "leaf_hash"))[: len(before)] == before
    assert checking.fsck().damages == ()
    assert all(proofs.inclusion(north, index=index).holds for index, _leaf in before)
    entry = ConsentEvent.objects.get(kind=Kind.ERASED)
    terms = ledger.terms_of(entry)
    assert terms["reason"] == "request"
    assert (terms["first"], terms["last"]) == (0, len(before) - 2)  # the last one: the export
    assert not Evidence.objects.exists()


def test_who_is_no_customer_is_erased_once_their_number_is_added(boss, north):
    """Somebody who only ever said stop: what the ledger holds of them goes too, the stop stays."""
    revocation.revoke_number(
        north, number_e164=CORA_NUMBER, how="letter", words=f"no {WORDS}", acting_user=boss
    )
    assert places_with(WORDS)
    phone = make_contact(north, name=NAME)
    assert erase(phone, boss)
    assert {needle: places_with(needle) for needle in NEEDLES} == {n: [] for n in NEEDLES}
    again = make_contact(north, name="Re Added")
    assert gate.may_text(again, purpose=Purpose.CONVERSATIONAL).reasons[0].code == "revoked"
    assert checking.fsck().damages == ()


def test_it_is_done_once(person, boss):
    assert erase(person, boss)
    assert not erase(person, boss)
    assert ConsentEvent.objects.filter(kind=Kind.ERASED).count() == 1
    assert checking.fsck().damages == ()


def test_killed_before_the_commit_nothing_has_happened(person, boss, monkeypatch):
    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("consent.erasing.destroy_evidence", die)
        with pytest.raises(KeyboardInterrupt):
            erase(person, boss)
    assert Contact.objects.get(pk=person.contact_id).name == NAME + " Jr"
    assert Message.objects.filter(body__contains=WORDS).exists()
    assert checking.fsck().damages == ()
    assert erase(person, boss)
    assert places_with(WORDS) == []


def test_missing_evidence_that_no_erasure_names_is_damage(person, boss, north):
    erase(person, boss)
    later = make_contact(north, name="Somebody")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE consent_evidence DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM consent_evidence")
        cursor.execute("ALTER TABLE consent_evidence ENABLE TRIGGER append_only")
    (damage,) = checking.fsck().damages
    assert damage.problem == "its evidence is missing"
    assert damage.index > ConsentEvent.objects.get(kind=Kind.ERASED).index
    assert later.subject


@pytest.mark.parametrize("how", ["revoked", "doubtful", "wrong_number"])
def test_a_stop_stops_a_number_that_comes_again(person, boss, north, how):
    words = {
        "revoked": "STOP",
        "doubtful": "please no more of this maybe",
        "wrong_number": "wrong number",
    }[how]
    if how == "doubtful":
        revocation.pause(person, words=words, received_at=now(), evidence={})
    else:
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body=words)
    Message.objects.filter(status="sending").update(status="sent")
    subject = person.subject
    erase(person, boss)
    assert suppressions.is_active(group=north.group, subject=subject)
    again = make_contact(north, name="Re Added")
    assert ledger.current_state(again).is_stopped
    assert gate.may_text(again, purpose=Purpose.CONVERSATIONAL).outcome == "deny"
    post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="Is the Camry still there?")
    assert gate.may_text(again, purpose=Purpose.CONVERSATIONAL).outcome == "deny"
    assert checking.fsck().damages == ()


def test_a_stop_text_after_the_erasure_stops_and_nothing_of_the_old_consent_opens(
    person, boss, north
):
    assert ledger.current_state(person).status is not Status.UNKNOWN
    erase(person, boss)
    post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
    again = PhoneNumber.objects.get(number_e164=CORA_NUMBER)
    assert again.pk != person.pk
    assert ledger.current_state(again).is_stopped
    assert checking.fsck().damages == ()


def test_a_yes_is_gone_with_its_proof(person, boss, north):
    wording = disclosures.question_for(person, level=Level.INFORMATIONAL)
    question = opt_in.request(
        person, level=Level.INFORMATIONAL, disclosure=wording, text="May I?", acting_user=boss
    )
    opt_in.confirm(person, question=question, words="YES", received_at=now(), evidence={})
    assert ledger.current_state(person).status is Status.CONFIRMED
    erase(person, boss)
    again = make_contact(north, name="Re Added")
    state = ledger.current_state(again)
    assert (state.status, state.confirmed_level, state.possession_proven_at) == (
        Status.UNKNOWN,
        "",
        None,
    )
    assert checking.fsck().damages == ()


def test_the_same_number_elsewhere_is_untouched(person, boss, other, south):
    rival = make_contact(other, name=NAME)
    sister = make_contact(south, name=NAME)
    held = Evidence.objects.filter(entry__dealership__in=[other, south]).count()
    erase(person, boss)
    for phone in (rival, sister):
        phone.refresh_from_db()
        assert phone.number_e164 == CORA_NUMBER
        assert phone.contact.name == NAME
    assert Evidence.objects.filter(entry__dealership__in=[other, south]).count() == held > 0
    assert checking.fsck().damages == ()


def test_nothing_waits_to_be_sent_and_no_text_can_go(person, boss, sal):
    talk = Conversation.objects.get(phone=person)
    waiting = add_outbound(talk, "Later", author=sal, status="held")
    erase(person, boss)
    waiting.refresh_from_db()
    person.refresh_from_db()
    assert waiting.status == "canceled"
    assert waiting.body == ""
    assert gate.may_text(person, purpose=Purpose.CONVERSATIONAL).outcome == "deny"
    assert sealing.unsealed_conversation_ids(limit=9) == []
    assert WebhookReceipt.objects.get().params == {}


def test_who_read_the_number_before_cannot_write_of_it_after(person, boss):
    read_before = PhoneNumber.objects.select_related("contact", "dealership").get(pk=person.pk)
    erase(person, boss)
    with pytest.raises(ledger.ErasedMeanwhile):
        contacts.record_basis(
            read_before, basis=Basis.PHONE_UP, evidence={"note": WORDS}, acting_user=boss
        )
    assert places_with(WORDS) == []
    assert checking.fsck().damages == ()


def test_not_while_a_text_is_going_out(person, boss, sal):
    add_outbound(Conversation.objects.get(phone=person), "Now", author=sal, status="sending")
    with pytest.raises(erasing.OnItsWay):
        erase(person, boss)
    assert Evidence.objects.exists()


@pytest.mark.parametrize("status", ["queued", "running"])
def test_not_while_a_list_is_read_that_may_hold_the_person(person, boss, signed_in, status):
    ListImport.objects.update(status=status)
    with pytest.raises(erasing.ListUnderWay):
        erase(person, boss)
    page = reverse("archive:erase", args=[person.contact.public_id])
    answer = signed_in(boss).post(page, {"reason": REQUEST, "word": "ERASE"})
    assert answer.status_code == 422
    assert "list is being imported" in answer.content.decode()
    assert Evidence.objects.exists()


def test_the_api_erases_for_admins_with_a_reason_and_once(person, boss, mona, api):
    path = f"/api/v1/contacts/{person.contact.public_id}/erase/"
    assert api(mona).post(path, {"reason": "request"}, format="json").status_code == 403
    refused = api(boss).post(path, {"reason": "because of Zebedee"}, format="json")
    assert refused.status_code == 422
    assert Evidence.objects.exists()
    erasing.set_hold(person.contact, is_on_hold=True, acting_user=mona)
    held = api(boss).post(path, {"reason": "request"}, format="json")
    assert (held.status_code, held.json()["error"]["code"]) == (409, "on_hold")
    erasing.set_hold(person.contact, is_on_hold=False, acting_user=mona)
    ListImport.objects.update(status="queued")
    waits = api(boss).post(path, {"reason": "request"}, format="json")
    assert (waits.status_code, waits.json()["error"]["code"]) == (409, "list_under_way")
    ListImport.objects.update(status="uploaded")
    done = api(boss).post(path, {"reason": "request"}, format="json")
    assert done.status_code == 200, done.json()
    again = api(boss).post(path, {"reason": "age"}, format="json")
    assert again.status_code == 404  # as for every other question about an erased contact
    for needle in NEEDLES:
        assert places_with(needle) == [], needle
    assert checking.fsck().damages == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["erasure", "list"])
def test_a_list_and_an_erasure_at_once_are_one_after_the_other(person, boss, north, first):
    found = importing.take_in(
        north,
        sort=ListSort.CONSENTS,
        file=BytesIO(f"number,name\n{CORA_NUMBER},{NAME}\n".encode()),
        list_on=None,
        source=WORDS,
        acting_user=boss,
    )
    importing.start(found, mapping=found.mapping, is_dry_run=False)
    ListImport.objects.filter(pk=found.pk).update(status="uploaded", source="old")
    outcomes: list[bool | str] = []

    def erase_in_a_thread():
        try:
            outcomes.append(erase(person, boss))
        except erasing.ListUnderWay:
            outcomes.append("waits")
        finally:
            connection.close()

    thread = Thread(target=erase_in_a_thread)
    if first == "list":
        with transaction.atomic():  # the list is taken, and not committed yet
            ListImport.objects.filter(pk=found.pk).update(status="running")
            thread.start()
            thread.join(0.5)
        thread.join(30)
        assert outcomes == ["waits"]
        return
    thread.start()
    thread.join(30)
    ListImport.objects.filter(pk=found.pk).update(status="queued")
    assert importing.run(found.pk) == "complete"
    assert outcomes == [True]
    for needle in NEEDLES:
        assert places_with(needle) == [], needle


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_written_meanwhile_does_not_keep_the_person(
    person, boss, north, media, monkeypatch
):
    """It had read the person: it loses its claim, its file goes, and it is written again."""
    export = exports.request_export(north, acting_user=boss)
    ended: list[str] = []
    threads: list[Thread] = []
    real_entry, real_store = consent_erasing.append_entry, exports._store
    is_written, is_erased = Event(), Event()

    def store(*args):
        is_written.set()
        assert is_erased.wait(30)
        return real_store(*args)

    def build() -> None:
        try:
            ended.append(exports.build(export.pk))
        finally:
            connection.close()

    def append_while_it_is_written(*args, **kwargs):
        threads.append(Thread(target=build))
        threads[0].start()
        assert is_written.wait(30)
        return real_entry(*args, **kwargs)

    monkeypatch.setattr(exports, "_store", store)
    monkeypatch.setattr(consent_erasing, "append_entry", append_while_it_is_written)
    assert erase(person, boss)
    is_erased.set()
    threads[0].join(30)
    assert ended == ["busy"]
    assert [hit for needle in NEEDLES for hit in files_with(media, needle)] == []
    assert not list(media.rglob(f"{export.public_id}*"))
    assert exports.build(export.pk) == "complete"
    assert places_with(NAME) == []
    assert checking.fsck().damages == ()


def test_what_staff_searched_for_is_forgotten(person, boss, stan, signed_in):
    ours, theirs = signed_in(boss), signed_in(stan)
    for client in (ours, theirs):
        client.post(reverse("consent:contacts"), {"q": "Quillfeather"})
    ours.post(reverse("archive:transcripts"), {"name": "Zebedee"})
    assert "searches" in ours.session
    erase(person, boss)
    assert set(ours.session.keys()) & {"searches", "name"} == set()
    assert ours.get(reverse("consent:contacts")).status_code == 200
    assert "searches" in theirs.session


def test_a_picture_that_is_fetched_meanwhile_leaves_no_file(person, boss, media, monkeypatch):
    waiting = Attachment.objects.create(
        message=Message.objects.latest("pk"), position=3, source_url="https://example.com/a"
    )

    def slow(_url, **_more):
        assert erase(person, boss)
        return fetching.Fetched(b"\x89PNG of Zebedee", "image/png", "png")

    monkeypatch.setattr(fetching, "download", slow)
    fetching.fetch(waiting.pk)
    assert list(files_with(media, "Zebedee")) == []


def test_what_the_api_refused_by_first_name_is_emptied(person, boss, north, api):
    contact = str(person.contact.public_id)
    body = {"contact": contact, "body": "Save 10% today", "purpose": "promotional"}
    refused = api(boss).post("/api/v1/messages/", body, format="json", HTTP_IDEMPOTENCY_KEY="one")
    assert refused.status_code == 409, refused.content
    assert places_with("Zebedee") != []
    erase(person, boss)
    assert places_with("Zebedee") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["page", "api"])
def test_a_stop_told_while_an_erasure_commits_is_kept(person, boss, north, api, monkeypatch, how):
    """RULE-US-11: it waits for the number's lock, and finds the number gone."""
    page, desk = own_page.link_of(person), api(boss)
    path = f"/api/v1/contacts/{person.contact.public_id}/revoke/"
    subject, answers, threads = person.subject, [], []

    def stop() -> None:
        try:
            if how == "page":
                answers.append(Client().post(urlsplit(page).path))
            else:
                answers.append(desk.post(path, {"how": "letter", "words": "no"}, format="json"))
        finally:
            connection.close()

    real = consent_erasing.append_entry

    def append_while_somebody_stops(*args, **kwargs):
        threads.append(Thread(target=stop))
        threads[0].start()
        threads[0].join(0.7)
        assert threads[0].is_alive()
        return real(*args, **kwargs)

    monkeypatch.setattr(consent_erasing, "append_entry", append_while_somebody_stops)
    assert erase(person, boss)
    threads[0].join(30)
    assert [answer.status_code < 500 for answer in answers] == [True]
    assert suppressions.is_active(group=north.group, subject=subject)
    assert ledger.current_state(make_contact(north)).status is Status.REVOKED
    assert checking.fsck().damages == ()


def test_a_stop_that_waits_in_a_list_is_taken_in_before_its_row_goes(person, boss, north):
    """RULE-US-07: the list was tried, and not imported yet."""
    wide = CORA_NUMBER[2:].translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    beside = f"{CORA_NUMBER[2:6]},{CORA_NUMBER[6:]}"  # the digits of two cells are nobody's
    text = f"number,name,note\n{wide},{NAME},x\n717-555-0199,Ann,{beside}\n"
    found = importing.take_in(
        north,
        sort=ListSort.OPT_OUTS,
        file=BytesIO(text.encode() + b"717-555-0198,Bob \xff,y\n"),
        list_on=None,
        source="old",
        acting_user=boss,
    )
    ListImport.objects.filter(pk=found.pk).update(encoding="utf-8")
    subject = person.subject
    assert erase(person, boss)
    assert suppressions.is_active(group=north.group, subject=subject)
    left = Path(found.file.path).read_bytes()
    assert left == f"number,name,note\n\n717-555-0199,Ann,{beside}\n".encode() + (
        b"717-555-0198,Bob \xff,y\n"
    )


@pytest.mark.django_db
def test_killed_while_a_list_is_rewritten_the_list_is_whole(person, boss, monkeypatch):
    names = [each.file.path for each in ListImport.objects.order_by("pk")]

    def killed(*_args):
        raise SystemExit

    before = [Path(name).read_bytes() for name in names]
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(SystemExit):
        erase(person, boss)
    assert [Path(name).read_bytes() for name in names] == before
    monkeypatch.undo()
    assert erase(person, boss)
    left = [Path(name).read_bytes().decode(code) for name, code in zip(names, CODES, strict=True)]
    assert left == ["number,name\n\n\n717-555-0199,Ann\n"] * 2


@pytest.mark.django_db(transaction=True)
def test_lists_are_rewritten_by_one_erasure_at_a_time(person, boss, monkeypatch):
    order, both = [], Barrier(2)
    real = consent_erasing.blank_import_rows

    def slowly(*args):
        order.append("begins")
        with suppress(BrokenBarrierError):
            both.wait(1)  # passed only where the other can come here too
        found = real(*args)
        order.append("ends")
        return found

    monkeypatch.setattr(consent_erasing, "blank_import_rows", slowly)

    assert erased_by_two(person, boss) == [False, True]
    assert order == ["begins", "ends"] * (len(order) // 2)


@pytest.mark.django_db(transaction=True)
def test_two_erasures_at_once_are_one(person, boss):
    assert erased_by_two(person, boss) == [False, True]
    assert ConsentEvent.objects.filter(kind=Kind.ERASED).count() == 1
    assert checking.fsck().damages == ()


@pytest.mark.django_db(transaction=True)
def test_the_portals_own_role_can_destroy_evidence_only_with_the_entry_of_its_subject(
    cora, north, app_role: psycopg.Connection[Any]
):
    entry = ConsentEvent.objects.get()
    with pytest.raises(psycopg.Error):
        app_role.execute("DELETE FROM consent_evidence")
    insert = """
        INSERT INTO consent_consentevent
            (dealership_id, index, kind, subject, recorded_at, received_at, body, leaf_hash)
        VALUES (%s, 1000, %s, %s, now(), now(), '{}', '') RETURNING id
    """

    def destroy(pk: int) -> None:
        app_role.execute("SELECT set_config('dealertext.erasing', %s, true)", [str(pk)])
        app_role.execute("DELETE FROM consent_evidence")

    for kind, subject in (("ERASED", "f" * 64), ("ERASED", ""), ("REVOKED", entry.subject)):
        with app_role.transaction(force_rollback=True):
            (pk,) = app_role.execute(insert, [north.pk, kind, subject]).fetchone() or (0,)
            with pytest.raises(psycopg.Error):
                destroy(pk)
            assert app_role.info.transaction_status.name == "INERROR"
    assert Evidence.objects.count() == 1
    with app_role.transaction():
        (pk,) = app_role.execute(insert, [north.pk, "ERASED", entry.subject]).fetchone() or (0,)
        app_role.execute("SELECT set_config('dealertext.erasing', %s, true)", [str(pk)])
        with pytest.raises(psycopg.Error), app_role.transaction():
            app_role.execute("UPDATE consent_evidence SET salt = ''")
        app_role.execute("DELETE FROM consent_evidence")
    assert Evidence.objects.count() == 0
    make_contact(north, number="+17175550143", name="Dora")
    with app_role.transaction(force_rollback=True), pytest.raises(psycopg.Error):
        destroy(pk)  # an erasure of an earlier transaction


def test_the_whole_erasure_runs_as_the_portals_own_role(person, boss):
    role = os.environ.get("TEST_APP_ROLE", "dealertext_app")
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            Evidence.objects.all().delete()
        assert erase(person, boss)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    assert not Evidence.objects.exists()


# --- the pages -----------------------------------------------------------------------------------


def test_the_page_asks_for_a_reason_and_the_word_and_leaves_a_tombstone(person, boss, signed_in):
    client = signed_in(boss)
    url = reverse("archive:erase", args=[person.contact.public_id])
    shown = client.get(url).content
    assert b"stays" in shown
    assert b"US law wants the proof of consent kept until" in shown
    for given in ({}, {"reason": "request"}, {"reason": "request", "word": "erase"}):
        assert client.post(url, given).status_code == 422
    assert Evidence.objects.exists()
    page = client.post(url, {"reason": "request", "word": "ERASE"}, follow=True)
    words = page.content.decode()
    assert "by Bo Boss. Reason: The person asked for it." in words
    assert NAME not in words
    assert page.status_code == 200
    transcript = Conversation.objects.get().transcripts.get()
    assert client.get(reverse("archive:transcript", args=[transcript.public_id])).status_code == 410
    assert NAME not in client.get(reverse("consent:contacts")).content.decode()
    assert client.get(url).status_code == 404


def test_every_page_and_answer_about_the_rest_still_opens(person, boss, signed_in, api):
    talk = Conversation.objects.get()
    texts = list(Message.objects.order_by("pk"))
    transcript = talk.transcripts.get()
    erase(person, boss)
    client, program = signed_in(boss), api(boss)
    for page in (
        reverse("messaging:inbox"),
        reverse("messaging:inbox") + "?status=closed",
        reverse("messaging:conversation", args=[talk.public_id]),
        *(reverse("messaging:message", args=[text.public_id]) for text in texts),
        *(reverse("messaging:explain", args=[text.public_id]) for text in texts if text.decision),
        reverse("archive:transcripts"),
        reverse("archive:exports"),
        reverse("archive:reports"),
        reverse("consent:imports"),
        reverse("consent:doubtful"),
    ):
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert not [n for n in NEEDLES if n in answer.content.decode()], page
    for path in ("conversations/", "contacts/", "messages/", "transcripts/"):
        answer = program.get(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        assert not [n for n in NEEDLES if n in answer.content.decode()], path
    assert program.get(f"/api/v1/contacts/{person.contact.public_id}/").status_code == 404
    assert program.get(f"/api/v1/transcripts/{transcript.public_id}/").status_code == 200
    again = exports.request_export(person.dealership, acting_user=boss)
    assert exports.build(again.pk) == "complete"


def test_strangers_meet_404_and_salespeople_403(person, sal, mona, stan, signed_in):
    url = reverse("archive:erase", args=[person.contact.public_id])
    data = {"reason": "request", "word": "ERASE"}
    assert signed_in(stan).post(url, data).status_code == 404
    assert signed_in(sal).post(url, data).status_code == 403
    assert signed_in(mona).post(url, data).status_code == 403
    assert Evidence.objects.exists()


def test_a_legal_hold_forbids_it_and_hides_the_button(person, boss, mona, signed_in):
    hold = reverse("archive:hold", args=[person.contact.public_id])
    url = reverse("archive:erase", args=[person.contact.public_id])
    page = reverse("consent:contact", args=[person.contact.public_id])
    client = signed_in(boss)
    assert url in client.get(page).content.decode()
    signed_in(mona).post(hold, {"hold": "on"})
    assert Contact.objects.get().history.first().history_user == mona
    assert url not in client.get(page).content.decode()
    assert client.post(url, {"reason": "request", "word": "ERASE"}).status_code == 422
    assert Evidence.objects.exists()
    signed_in(mona).post(hold, {})
    assert client.post(url, {"reason": "request", "word": "ERASE"}).status_code == 302
    assert not Evidence.objects.exists()


def test_the_papers_bytes_are_gone(person, boss):
    assert documents.of_phone(person, person.documents.get().public_id)
    erase(person, boss)
    assert not person.documents.exists()


def test_a_stop_of_the_group_binds_a_dealership_that_forgot_the_number_before(person, boss, south):
    """Its old entries tell nothing of a stop that came after the erasure."""
    there = make_contact(south, name=NAME)
    post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="STOP")
    post_inbound(to=SOUTH_NUMBER, from_=CORA_NUMBER, body="START")
    Message.objects.filter(status="sending").update(status="sent")
    other_boss = make_user("south@example.com", "Su South", south, Role.ADMIN)
    assert erase(there, other_boss)
    for words in ("START", "STOP", "START"):
        post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body=words)
    assert ledger.current_state(person).status is not Status.REVOKED
    again = make_contact(south, name="Re Added")
    assert ledger.current_state(again).status is Status.REVOKED
    assert checking.fsck().damages == ()


def test_nothing_is_written_of_an_erased_person_any_more(person, boss, sal, signed_in, monkeypatch):
    """Pages that were open before: a text, the details, another number."""
    talk = Conversation.objects.get(phone=person)
    contact = Contact.objects.get(pk=person.contact_id)
    save = DetailsForm.save
    monkeypatch.setattr(
        DetailsForm, "save", lambda form, **more: (erase(person, boss), save(form, **more))[1]
    )
    page = reverse("consent:contact", args=[contact.public_id])
    told = {"name": NAME, "language": "en", "vehicle": "Tacoma", "street": f"2 {WORDS} Way"}
    assert "Erased customer" in signed_in(sal).post(page, told).content.decode()
    monkeypatch.undo()
    send = reverse("messaging:send", args=[talk.public_id])
    text = {"body": f"Hello {NAME}, the {WORDS} one?", "purpose": "conversational"}
    assert signed_in(sal).post(send, text).status_code in {404, 422}
    with pytest.raises(outbound.BadText, match="erased"):
        outbound.compose(talk, body=text["body"], purpose=Purpose.CONVERSATIONAL, acting_user=sal)
    with pytest.raises(Contact.DoesNotExist):
        correction.correct_number(
            contact, number_e164="+17175550177", basis=Basis.PHONE_UP, evidence={}, acting_user=sal
        )
    assert {needle: places_with(needle) for needle in NEEDLES} == {n: [] for n in NEEDLES}
    assert places_with("7175550177") == places_with("Tacoma") == []


def test_what_the_api_refused_by_an_earlier_first_name_is_emptied(person, boss, api):
    body = {"contact": str(person.contact.public_id), "body": "Save 10%", "purpose": "promotional"}
    refused = api(boss).post("/api/v1/messages/", body, format="json", HTTP_IDEMPOTENCY_KEY="once")
    assert "Zebedee" in refused.content.decode()
    person.contact.name = "Bob Smith"
    person.contact.save()
    assert erase(person, boss)
    assert places_with("Zebedee") == []


def test_a_waiting_stop_in_other_digits_is_found(person, boss, north):
    other = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    importing.take_in(
        north,
        sort=ListSort.OPT_OUTS,
        file=BytesIO(f"number,name\n{CORA_NUMBER[2:].translate(other)},{NAME}\n".encode()),
        list_on=None,
        source="old",
        acting_user=boss,
    )
    subject = person.subject
    assert erase(person, boss)
    assert suppressions.is_active(group=north.group, subject=subject)
    assert places_with(NAME) == []


def test_a_ledger_that_says_stop_is_heard_where_the_suppression_is_lost(boss, north):
    revocation.revoke_number(
        north, number_e164=CORA_NUMBER, how="letter", words="no", acting_user=boss
    )
    north.group = DealerGroup.objects.create(name="New owners")
    north.save()
    phone = make_contact(north)
    verdict = gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST)
    assert verdict.reasons[0].code == "revoked"
