"""Staff, the settings of a dealership, and one's own profile."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import dealerships, staff, tokens
from accounts.access import (
    ADMINS,
    dealership_as,
    dealerships_as,
    require_role,
    role_somewhere,
)
from accounts.forms import (
    CarrierAccountForm,
    DetailsForm,
    MemberForm,
    NewNumberForm,
    NumberForm,
    RoleForm,
)
from accounts.http import StaffRequest
from accounts.models import ApiToken, CarrierNumber, Dealership, Membership, Role

_UNPROCESSABLE = 422


# --- staff ----------------------------------------------------------------------------------------


@require_GET
@role_somewhere(Role.ADMIN)
def staff_page(request: StaffRequest) -> HttpResponse:
    """List the dealerships whose staff one keeps; go straight to the only one."""
    found = dealerships_as(request.user, ADMINS)
    if len(found) == 1:
        return redirect("accounts:dealership_staff", found[0].public_id)
    return render(request, "accounts/dealerships.html", {"found": found})


@require_http_methods(["GET", "POST"])
@login_required
def dealership_staff(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """Show who works at a dealership; POST adds a person."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            staff.add_member(
                dealership,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                acting_user=request.user,
            )
        except staff.AlreadyMember:
            form.add_error("email", _("This person works here already."))
        else:
            messages.success(request, _("Added. Who is new gets a mail with a link."))
            return redirect("accounts:dealership_staff", dealership.public_id)
    members = dealership.memberships.select_related("user").order_by("-is_active", "user__name")
    context = {"dealership": dealership, "members": members, "form": form, "roles": Role.choices}
    return render(
        request, "accounts/staff.html", context, status=_UNPROCESSABLE if form.errors else None
    )


def _member_of(request: StaffRequest, member_id: uuid.UUID) -> Membership:
    """Return a membership that this admin keeps: 404 for a stranger's, 403 without the role."""
    membership: Membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("dealership", "user"),
        public_id=member_id,
    )
    require_role(request.user, membership.dealership, Role.ADMIN)
    return membership


def _back_to_staff(membership: Membership) -> HttpResponseRedirect:
    return redirect("accounts:dealership_staff", membership.dealership.public_id)


@require_POST
@login_required
def member_role(request: StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Give a member another role."""
    membership = _member_of(request, member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=_UNPROCESSABLE)
    try:
        staff.change_role(
            membership, role=Role(form.cleaned_data["role"]), acting_user=request.user
        )
    except staff.LastAdmin:
        messages.error(request, _("Somebody must remain admin: make another one first."))
    return _back_to_staff(membership)


@require_POST
@login_required
def member_end(request: StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Stop a person's work at this dealership."""
    membership = _member_of(request, member_id)
    try:
        staff.end_membership(membership, acting_user=request.user)
    except staff.LastAdmin:
        messages.error(request, _("Somebody must remain admin: make another one first."))
    return _back_to_staff(membership)


@require_POST
@login_required
def member_resume(request: StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Let a person work at this dealership again."""
    membership = _member_of(request, member_id)
    staff.resume_membership(membership, acting_user=request.user)
    return _back_to_staff(membership)


@require_POST
@login_required
def member_invite(request: StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Mail the link to choose a password once more, to who never chose one."""
    membership = _member_of(request, member_id)
    if not membership.user.has_usable_password():
        staff.invite(membership)
        messages.success(request, _("The invitation is on its way."))
    return _back_to_staff(membership)


# --- settings -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def dealership_settings(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """Show and store what customers read of a dealership, and how it works."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    data = request.POST if request.method == "POST" else None
    form = DetailsForm(data, instance=Dealership.objects.get(pk=dealership.pk))
    if data is not None and form.is_valid():
        dealerships.update_details(dealership, values=form.cleaned_data, acting_user=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:settings", dealership.public_id)
    return _settings(request, dealership, details=form)


def _settings(
    request: StaffRequest,
    dealership: Dealership,
    *,
    details: DetailsForm | None = None,
    account: CarrierAccountForm | None = None,
    new_number: NewNumberForm | None = None,
    changed: tuple[CarrierNumber, NumberForm] | None = None,
) -> HttpResponse:
    """Show the settings page; one of its forms may come back with errors."""
    lines = [
        (number, changed[1] if changed and changed[0].pk == number.pk else NumberForm.of(number))
        for number in dealership.numbers.all()
    ]
    context = {
        "dealership": dealership,
        "details": details or DetailsForm(instance=dealership),
        "account": account
        or CarrierAccountForm(
            initial={"sid": dealership.carrier_account_sid},
            has_token=bool(dealership.carrier_auth_token),
        ),
        "new_number": new_number or NewNumberForm(prefix="new"),
        "lines": lines,
    }
    forms = [form for form in (details, account, new_number, changed and changed[1]) if form]
    wrong = any(form.errors for form in forms)
    return render(
        request, "accounts/settings.html", context, status=_UNPROCESSABLE if wrong else None
    )


@require_POST
@login_required
def carrier_account(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """Store the dealership's own account at the carrier, or go back to the portal's."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    has_token = bool(dealership.carrier_auth_token)
    form = CarrierAccountForm(request.POST, has_token=has_token)
    if not form.is_valid():
        return _settings(request, dealership, account=form)
    dealerships.set_carrier_account(
        dealership,
        sid=form.cleaned_data["sid"],
        token=form.cleaned_data["token"],
        next_token=form.cleaned_data["next_token"],
        acting_user=request.user,
    )
    messages.success(request, _("Saved."))
    return redirect("accounts:settings", dealership.public_id)


@require_POST
@login_required
def number_add(request: StaffRequest, dealership_id: uuid.UUID) -> HttpResponse:
    """Add a number to text from."""
    dealership = dealership_as(request.user, dealership_id, Role.ADMIN)
    form = NewNumberForm(request.POST, prefix="new")
    if form.is_valid():
        try:
            dealerships.add_number(dealership, **form.cleaned_data)
        except dealerships.NumberInUse:
            form.add_error("number_e164", _("This number is in use already."))
        else:
            messages.success(request, _("Added."))
            return redirect("accounts:settings", dealership.public_id)
    return _settings(request, dealership, new_number=form)


@require_POST
@login_required
def number_change(request: StaffRequest, number_id: uuid.UUID) -> HttpResponse:
    """Store how fast a number may text, what its carrier answers, and whether it is used."""
    number = get_object_or_404(
        CarrierNumber.objects.select_related("dealership").filter(
            dealership__in=Dealership.objects.visible_to(request.user)
        ),
        public_id=number_id,
    )
    require_role(request.user, number.dealership, Role.ADMIN)
    form = NumberForm.of(number, request.POST)
    if not form.is_valid():
        return _settings(request, number.dealership, changed=(number, form))
    dealerships.update_number(number, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("accounts:settings", number.dealership.public_id)


# --- one's own profile ----------------------------------------------------------------------------


@require_GET
@login_required
def profile(request: StaffRequest) -> HttpResponse:
    """Show one's name, places, second factor and whether one has a key for the API."""
    return _profile(request)


def _profile(request: StaffRequest, *, token: str = "") -> HttpResponse:
    key = ApiToken.objects.filter(user=request.user, revoked_at=None).order_by("-pk").first()
    return render(request, "accounts/profile.html", {"token": token, "key": key})


@require_POST
@never_cache
@login_required
def token_issue(request: StaffRequest) -> HttpResponse:
    """Show a new key once. No redirect: what is stored is a hash, so it cannot be shown later."""
    return _profile(request, token=tokens.replace_token(request.user))


@require_POST
@login_required
def token_revoke(request: StaffRequest) -> HttpResponse:
    """End one's keys."""
    tokens.revoke_tokens(request.user)
    messages.success(request, _("Your API key has ended."))
    return redirect("accounts:profile")
