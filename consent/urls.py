"""The customers' pages."""

from __future__ import annotations

from django.urls import path

from consent import (
    disclosure_views,
    import_views,
    lead_views,
    ledger_views,
    proof_views,
    public_views,
    record_views,
    rule_views,
    stop_views,
    views,
)

app_name = "consent"
urlpatterns = [
    path("records/", record_views.records_page, name="records"),
    path("records/<uuid:public_id>/end/", record_views.end, name="record_end"),
    path("leads/sources/", lead_views.lead_sources, name="lead_sources"),
    path("imports/", import_views.import_list, name="imports"),
    path("imports/<uuid:public_id>/", import_views.import_page, name="import"),
    path("imports/<uuid:public_id>/progress/", import_views.progress, name="import_progress"),
    path("imports/<uuid:public_id>/report/", import_views.report, name="import_report"),
    path("consent/", views.contact_list, name="contacts"),
    path("consent/new/", views.contact_new, name="new"),
    path("consent/choose/", views.choose_dealership, name="choose"),
    path("consent/<uuid:public_id>/", views.contact_page, name="contact"),
    path("consent/<uuid:public_id>/basis/", proof_views.basis, name="basis"),
    path("consent/<uuid:public_id>/verbal/", proof_views.verbal, name="verbal"),
    path("consent/documents/<uuid:public_id>/", proof_views.document, name="document"),
    path("consent/<uuid:public_id>/number/", views.number, name="number"),
    path("consent/rules/", rule_views.rules_page, name="rules"),
    path("dealerships/<uuid:dealership_id>/rules/", rule_views.own_rules, name="own_rules"),
    path("dealerships/<uuid:dealership_id>/wording/", disclosure_views.wordings, name="wordings"),
    path(
        "dealerships/<uuid:dealership_id>/wording/<str:slug>/",
        disclosure_views.wording,
        name="wording",
    ),
    path("consent/<uuid:public_id>/revoke/", stop_views.revoke, name="revoke"),
    path("consent/<uuid:public_id>/resolve/", stop_views.resolve, name="resolve"),
    path(
        "consent/<uuid:public_id>/entries/<int:index>/",
        ledger_views.entry_proof,
        name="entry_proof",
    ),
    path("my/<str:token>/", public_views.own, name="own"),
    path("stops/new/", stop_views.stop, name="stop"),
    path("stops/scope/<uuid:group_id>/", stop_views.scope, name="scope"),
    path("stops/carrier/", stop_views.carrier_blocks, name="carrier_blocks"),
    path("stops/possible/", stop_views.doubtful_list, name="doubtful"),
    path("stops/possible/badge/", stop_views.doubtful_badge, name="doubtful_badge"),
]
