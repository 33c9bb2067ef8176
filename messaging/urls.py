"""The inbox, the live stream and the carrier's webhooks."""

from __future__ import annotations

from django.urls import include, path

from messaging import join_views, realtime, views

app_name = "messaging"
urlpatterns = [
    path("inbox/", views.inbox_page, name="inbox"),
    path("inbox/card/", views.text_me_card, name="card"),
    path(
        "inbox/card/<uuid:number_id>/png/", join_views.card_file, {"form": "png"}, name="card_png"
    ),
    path(
        "inbox/card/<uuid:number_id>/pdf/", join_views.card_file, {"form": "pdf"}, name="card_pdf"
    ),
    path("join/<uuid:public_id>/", join_views.join, name="join"),
    path("inbox/open/<uuid:public_id>/", views.open_for, name="open"),
    path("inbox/<uuid:public_id>/", views.conversation_page, name="conversation"),
    path("inbox/<uuid:public_id>/send/", views.send, name="send"),
    path("inbox/<uuid:public_id>/measure/", views.measure, name="measure"),
    path("inbox/<uuid:public_id>/ask/", views.ask, name="ask"),
    path("inbox/<uuid:public_id>/assign/", views.assign, name="assign"),
    path("inbox/<uuid:public_id>/close/", views.close, name="close"),
    path("messages/<uuid:public_id>/", views.message_part, name="message"),
    path("messages/<uuid:public_id>/explain/", views.explain, name="explain"),
    path("messages/<uuid:public_id>/cancel/", views.cancel, name="cancel"),
    path("messages/<uuid:public_id>/again/", views.again, name="again"),
    path("attachments/<uuid:public_id>/", views.attachment, name="attachment"),
    path("webhooks/", include("messaging.webhook_urls")),
    path("events/", realtime.events, name="events"),
]
