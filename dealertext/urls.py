"""Every URL of the portal: each app's own, sign-in, the API, health."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django_prometheus.exports import ExportToDjangoView

from dealertext import views

# Django's own admin login knows no second factor: operators sign in like everybody else.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = views.server_error
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="messaging:inbox"), name="home"),
    path("", include("messaging.urls")),
    path("", include("consent.urls")),
    path("", include("archive.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("dealertext.api")),
    path("admin/", admin.site.urls),
    path("simulator/", views.simulator, name="simulator"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", ExportToDjangoView, name="metrics"),
]
