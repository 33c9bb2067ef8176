"""The pages of accounts: staff, settings, profile."""

from __future__ import annotations

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("staff/", views.staff_page, name="staff"),
    path("staff/<uuid:dealership_id>/", views.dealership_staff, name="dealership_staff"),
    path("staff/members/<uuid:member_id>/role/", views.member_role, name="member_role"),
    path("staff/members/<uuid:member_id>/end/", views.member_end, name="member_end"),
    path("staff/members/<uuid:member_id>/resume/", views.member_resume, name="member_resume"),
    path("staff/members/<uuid:member_id>/invite/", views.member_invite, name="member_invite"),
    path("dealerships/<uuid:dealership_id>/", views.dealership_settings, name="settings"),
    path(
        "dealerships/<uuid:dealership_id>/carrier/", views.carrier_account, name="carrier_account"
    ),
    path("dealerships/<uuid:dealership_id>/numbers/add/", views.number_add, name="number_add"),
    path("numbers/<uuid:number_id>/", views.number_change, name="number_change"),
    path("profile/", views.profile, name="profile"),
    path("profile/token/issue/", views.token_issue, name="token_issue"),
    path("profile/token/revoke/", views.token_revoke, name="token_revoke"),
]
