from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.clock import now
from accounts.models import GroupAdmin, User
from archive import crm, exports
from archive.models import Export, Review, Transcript, TranscriptDelivery
from archive.tests.conftest import add_outbound, make_transcript
from conftest import make_contact
from consent import revocation


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages_of(transcript: Transcript, export: Export) -> dict[str, str]:
    return {
        "transcript": reverse("archive:transcript", args=[transcript.public_id]),
        "file": reverse("archive:file", args=[transcript.public_id, "pdf"]),
        "export_file": reverse("archive:export_file", args=[export.public_id]),
        "export": reverse("archive:export", args=[export.public_id]),
        "transcripts": reverse("archive:transcripts"),
        "exports": reverse("archive:exports"),
        "reports": reverse("archive:reports"),
        "evidence": reverse("archive:evidence", args=["after-stop"]),
    }


def test_each_role_meets_what_it_should(transcript, north, ada, mona, sal, stan, shelf):
    export = exports.request_export(north, acting_user=ada)
    exports.build(export.pk)
    pages = pages_of(transcript, export)
    own = {"transcript", "file", "export", "export_file"}
    overviews = set(pages) - own

    def seen(user: User) -> dict[str, int]:
        client = browser(user)
        return {name: client.get(url).status_code for name, url in pages.items()}

    expected = dict.fromkeys(pages, 200) | {"export": 302}
    assert seen(ada) == expected
    assert seen(mona) == expected | {"export": 403, "export_file": 403, "exports": 403}
    assert seen(sal) == dict.fromkeys(pages, 403)
    assert seen(stan) == dict.fromkeys(own, 404) | dict.fromkeys(overviews, 403)
    assert {name: Client().get(url).status_code for name, url in pages.items()} == dict.fromkeys(
        pages, 302
    )


def test_the_page_shows_the_sealed_words_the_consent_and_the_hash(transcript, mona):
    page = browser(mona).get(reverse("archive:transcript", args=[transcript.public_id]))
    text = page.content.decode()
    assert "Is the Civic still there? 🚗" in text
    assert "The customer texted first" in text
    assert transcript.sha256 in text
    verified = browser(mona).get(f"{page.request['PATH_INFO']}?verify=1").content.decode()
    assert "The seal holds" in verified


def test_what_a_customer_wrote_is_never_markup(cora, sal, mona):
    transcript = make_transcript(cora, sal, words="<script>alert(1)</script>")
    page = browser(mona).get(reverse("archive:transcript", args=[transcript.public_id]))
    assert b"<script>alert(1)" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


@pytest.mark.parametrize("form", ["json", "text", "pdf", "adf"])
def test_files_are_attachments_under_names_that_name_nobody(transcript, mona, form):
    answer = browser(mona).get(reverse("archive:file", args=[transcript.public_id, form]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(
        f'attachment; filename="transcript-{transcript.public_id}.'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    unknown = reverse("archive:file", args=[transcript.public_id, "exe"])
    assert browser(mona).get(unknown).status_code == 404


def test_a_review_is_kept_and_leads_to_the_next_one(cora, sal, mona, north):
    older = make_transcript(cora, sal)
    newer = make_transcript(make_contact(north, number="+17175550171"), sal)
    client = browser(mona)
    url = reverse("archive:review", args=[newer.public_id])
    answer = client.post(url, {"score": "4", "comment": "Well done", "then": "next"})
    assert answer["Location"] == reverse("archive:transcript", args=[older.public_id])
    review = Review.objects.get()
    assert (review.score, review.comment, review.author) == (4, "Well done", mona)
    assert client.post(url, {"score": "", "comment": "  "}).status_code == 422
    assert client.post(url, {"score": "9"}).status_code == 422
    listed = client.get(reverse("archive:transcripts"), {"unreviewed": "on"})
    assert [t.pk for t in listed.context["page"]] == [older.pk]


def test_reviewing_is_for_managers(transcript, sal, stan):
    url = reverse("archive:review", args=[transcript.public_id])
    assert browser(sal).post(url, {"score": "4"}).status_code == 403
    assert browser(stan).post(url, {"score": "4"}).status_code == 404
    assert not Review.objects.exists()


def test_the_list_is_filtered_and_a_name_never_stands_in_the_url(cora, sal, mona, north):
    first = make_transcript(cora, sal)
    second = make_transcript(make_contact(north, number="+17175550172", name="Zed Young"), sal)
    client = browser(mona)
    url = reverse("archive:transcripts")

    def listed(**query: str) -> list[int]:
        return [t.pk for t in client.get(url, query).context["page"]]

    assert listed() == [second.pk, first.pk]
    assert listed(salesperson=str(mona.public_id)) == []
    assert listed(salesperson=str(sal.public_id)) == [second.pk, first.pk]
    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    assert listed(since=tomorrow) == []
    assert listed(until=tomorrow, dealership=str(north.public_id)) == [second.pk, first.pk]
    assert listed(dealership=str(uuid.uuid4())) == [second.pk, first.pk]
    answer = client.post(url, {"name": "zed"})
    assert "zed" not in answer["Location"].lower()
    assert [t.pk for t in client.get(answer["Location"]).context["page"]] == [second.pk]


def test_a_strangers_transcripts_are_in_no_list(transcript, other, stan):
    GroupAdmin.objects.create(user=stan, group=other.group)
    client = browser(stan)
    assert list(client.get(reverse("archive:transcripts")).context["page"]) == []
    numbers = client.get(reverse("archive:reports")).context["numbers"]
    assert (numbers.days, numbers.all_waits) == ((), None)
    url = reverse("archive:transcript", args=[transcript.public_id])
    assert client.get(url).status_code == 404


def test_the_queries_of_the_list_and_the_reports_do_not_grow(
    cora, sal, mona, north, django_assert_max_num_queries
):
    client = browser(mona)
    make_transcript(cora, sal)
    pages = [reverse("archive:transcripts"), reverse("archive:reports")]
    pages += [reverse("archive:evidence", args=["answers"])]
    for page in pages:
        client.get(page)  # what is read once and kept
    counts: list[list[int]] = []
    for round_ in range(2):
        if round_:
            for number in range(19):
                phone = make_contact(north, number=f"+17175552{number:03}")
                make_transcript(phone, sal)
        row = []
        for page in pages:
            with django_assert_max_num_queries(40) as seen:
                assert client.get(page).status_code == 200
            row.append(len(seen))
        counts.append(row)
    assert counts[0] == counts[1]


def test_an_export_is_asked_for_polled_and_downloaded(north, ada, shelf):
    client = browser(ada)
    url = reverse("archive:exports")
    wrong = {"dealership": north.public_id, "from_on": "2026-02-02", "to_on": "2026-02-01"}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, {"dealership": north.public_id}).status_code == 302
    export = Export.objects.get()
    row = reverse("archive:export", args=[export.public_id])
    assert b'hx-trigger="every 1s"' in client.get(row, headers={"HX-Request": "true"}).content
    file_url = reverse("archive:export_file", args=[export.public_id])
    assert client.get(file_url).status_code == 404
    exports.build(export.pk)
    done = client.get(row, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in done
    assert file_url in done
    answer = client.get(file_url)
    assert answer.getvalue().startswith(b"PK")
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = f'attachment; filename="archive-{export.public_id}.zip"'
    assert answer["Content-Disposition"] == name


def test_an_admin_cannot_export_a_strangers_dealership(north, other, ada):
    answer = browser(ada).post(reverse("archive:exports"), {"dealership": other.public_id})
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_the_demo_lists_the_mails_that_went_to_a_folder(
    with_crm, cora, sal, ada, mona, settings, tmp_path, other, stan
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEBUG = True
    make_transcript(cora, sal)
    assert crm.deliver(TranscriptDelivery.objects.get().pk) == "sent"
    url = reverse("archive:mail")
    text = browser(ada).get(url).content.decode()
    assert "Text conversation with Cora Miller" in text
    assert "Is the Civic still there? 🚗" in text
    assert browser(mona).get(url).status_code == 403
    GroupAdmin.objects.create(user=stan, group=other.group)
    assert "Cora Miller" not in browser(stan).get(url).content.decode()
    settings.DEBUG = False
    assert browser(ada).get(url).status_code == 404


def test_the_reports_tell_the_numbers_and_show_what_is_behind_them(transcript, cora, sal, mona):
    client = browser(mona)
    numbers = client.get(reverse("archive:reports")).context["numbers"]
    assert numbers.after_stop == 0
    assert (numbers.all_waits.answers, numbers.all_waits.median) == (1, "5 min")
    assert sum(day.sent for day in numbers.days) == 1
    (wait,) = numbers.waits
    answers = client.get(reverse("archive:evidence", args=["answers"]), {"person": wait.key})
    assert [row.note for row in answers.context["rows"]] == ["after 5 min"]
    day = next(day for day in numbers.days if day.sent)
    texts = client.get(
        reverse("archive:evidence", args=["texts"]), {"outcome": "sent", "on": str(day.on)}
    )
    assert len(texts.context["rows"]) == 1


def test_a_text_after_a_stop_is_counted_and_shown(transcript, cora, sal, mona):
    revocation.revoke(cora, how="in_person", words="stop it", acting_user=sal)
    leak = add_outbound(transcript.conversation, "a leak", author=sal)
    client = browser(mona)
    numbers = client.get(reverse("archive:reports")).context["numbers"]
    assert (numbers.after_stop, numbers.opt_outs) == (1, 1)
    (row,) = client.get(reverse("archive:evidence", args=["after-stop"])).context["rows"]
    assert row.what == leak.full_text


def test_nonsense_in_the_reports_address_is_a_404_or_left_out(mona, transcript):
    client = browser(mona)
    assert client.get(reverse("archive:evidence", args=["nothing"])).status_code == 404
    texts = reverse("archive:evidence", args=["texts"])
    assert client.get(texts, {"on": "yesterday"}).status_code == 404
    answers = reverse("archive:evidence", args=["answers"])
    assert client.get(answers, {"person": "x"}).status_code == 404
    assert client.get(reverse("archive:reports"), {"days": "99999999"}).status_code == 200
    assert (
        client.get(reverse("archive:reports"), {"dealership": str(uuid.uuid4())}).status_code == 404
    )


# --- the API -------------------------------------------------------------------------------------


def test_the_api_lists_the_transcripts_of_a_conversation(transcript, sal, api):
    asked = {"conversation": str(transcript.conversation.public_id)}
    page = api(sal).get("/api/v1/transcripts/", asked).json()
    assert set(page) == {"next", "previous", "results"}
    (shown,) = page["results"]
    assert shown["id"] == str(transcript.public_id)
    assert shown["sha256"] == transcript.sha256
    assert shown["ledger_index"] == transcript.ledger_index
    assert set(shown["files"]) == {"text", "json", "pdf"}
    path = shown["files"]["json"].removeprefix("http://testserver")
    assert json.loads(api(sal).get(path).content)["id"] == str(transcript.public_id)


def test_the_api_knows_no_stranger(transcript, stan, other, api, north):
    client = api(stan)
    assert client.get("/api/v1/transcripts/").json()["results"] == []
    for path in (
        f"/api/v1/transcripts/?conversation={transcript.conversation.public_id}",
        f"/api/v1/transcripts/{transcript.public_id}/",
        f"/api/v1/transcripts/{transcript.public_id}/file/pdf/",
        "/api/v1/transcripts/?conversation=nonsense",
    ):
        assert client.get(path).status_code == 404
    body = {"dealership": str(north.public_id), "from": "nonsense"}
    assert client.post("/api/v1/exports/", body).status_code == 404


def test_the_api_exports(transcript, north, ada, sal, stan, api, shelf):
    client = api(ada)
    body = {"dealership": str(north.public_id)}
    assert api(sal).post("/api/v1/exports/", body).status_code == 403
    assert client.post("/api/v1/exports/", {**body, "from": "x"}).status_code == 422
    backwards = {**body, "from": "2026-02-02", "to": "2026-02-01"}
    assert client.post("/api/v1/exports/", backwards).status_code == 422
    answer = client.post("/api/v1/exports/", {**body, "from": "2026-01-01"})
    assert answer.status_code == 202
    path = f"/api/v1/exports/{answer.json()['id']}/"
    queued = client.get(path).json()
    assert (queued["status"], queued["progress"], queued["url"]) == ("queued", 0, None)
    assert client.get(f"{path}file/").status_code == 409
    assert exports.build(Export.objects.get().pk) == "complete"
    done = client.get(path).json()
    assert (done["status"], done["progress"]) == ("complete", 100)
    answer = client.get(done["url"].removeprefix("http://testserver"))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert api(sal).get(path).status_code == 403
    assert api(stan).get(path).status_code == 404


def test_a_keyed_export_is_asked_for_once(north, ada, api):
    client = api(ada)
    body = {"dealership": str(north.public_id)}
    headers = {"Idempotency-Key": "one"}
    first = client.post("/api/v1/exports/", body, headers=headers)
    second = client.post("/api/v1/exports/", body, headers=headers)
    assert first.json() == second.json()
    assert Export.objects.count() == 1
