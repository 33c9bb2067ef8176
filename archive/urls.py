"""The pages of archive: transcripts, exports, reports."""

from __future__ import annotations

from django.urls import path

from archive import erasing_views, views

app_name = "archive"
urlpatterns = [
    path("consent/<uuid:public_id>/erase/", erasing_views.erase, name="erase"),
    path("consent/<uuid:public_id>/hold/", erasing_views.hold, name="hold"),
    path("transcripts/", views.transcript_list, name="transcripts"),
    path("transcripts/mail/", views.mail, name="mail"),
    path("transcripts/<uuid:public_id>/", views.transcript_page, name="transcript"),
    path("transcripts/<uuid:public_id>/review/", views.transcript_review, name="review"),
    path("transcripts/<uuid:public_id>/file/<str:form>/", views.transcript_file, name="file"),
    path(
        "transcripts/<uuid:public_id>/deliveries/<int:delivery_pk>/again/",
        views.delivery_again,
        name="delivery_again",
    ),
    path("exports/", views.export_list, name="exports"),
    path("exports/<uuid:public_id>/", views.export_row, name="export"),
    path("exports/<uuid:public_id>/file/", views.export_file, name="export_file"),
    path("reports/", views.report_page, name="reports"),
    path("reports/stops/", views.stop_list, name="stops"),
    path("reports/<slug:slug>/", views.report_evidence, name="evidence"),
]
