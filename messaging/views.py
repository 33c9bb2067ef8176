"""The inbox: list, thread, composer. One URL serves page and fragment; POST ends in a redirect."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import MANAGERS, role_at
from accounts.http import StaffRequest
from accounts.models import User
from consent import phones
from consent.levels import Level
from consent.models import Contact, PhoneNumber
from messaging import conversations, inbox, outbound
from messaging.forms import AskForm, ComposeForm
from messaging.models import Attachment, Conversation, Message

FRAGMENTS = {
    "list": "messaging/_list.html",
    "thread": "messaging/_thread.html",
    "composer": "messaging/_composer.html",
}


def _conversation_for(request: StaffRequest, public_id: uuid.UUID) -> Conversation:
    """Return a conversation of the person's dealerships; for a stranger it does not exist."""
    found = Conversation.objects.visible_to(request.user).select_related(
        "contact", "phone__state", "phone__contact", "dealership", "number", "assigned_to"
    )
    return get_object_or_404(found, public_id=public_id)


@login_required
@require_GET
def inbox_page(request: StaffRequest) -> HttpResponse:
    """Show the list of conversations; owed answers on top, the longest wait first."""
    page = inbox.list_page(
        request.user,
        view=request.GET.get("view", "all"),
        query=request.GET.get("q", "").strip()[:60],
        after=request.GET.get("after", ""),
    )
    template = "messaging/_list.html" if request.htmx else "messaging/inbox.html"
    return render(request, template, {"page": page, "views": inbox.VIEWS})


@login_required
@require_GET
def conversation_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one conversation beside the list; a fragment of it for htmx, by its target."""
    conversation = _conversation_for(request, public_id)
    before = request.GET.get("before", "")
    context = {
        "conversation": conversation,
        "name": conversation.contact.name or phones.pretty(conversation.phone.number_e164),
        "number": phones.pretty(conversation.phone.number_e164),
        "our_number": phones.pretty(conversation.number.number_e164),
        "row": inbox.row_of(conversation),
        "composer": inbox.composer(conversation),
        "thread": inbox.thread(conversation, before=int(before) if before.isdigit() else None),
        "form": ComposeForm(),
        "zone": ZoneInfo(conversation.dealership.timezone),
        "may_decide": role_at(request.user, conversation.dealership) in MANAGERS,
    }
    target = request.htmx.target or ""
    if request.htmx and target in FRAGMENTS:
        return render(request, FRAGMENTS[target], context)
    context["colleagues"] = User.objects.filter(
        memberships__dealership=conversation.dealership_id, memberships__is_active=True
    ).order_by("name")
    context["page"] = inbox.list_page(request.user, view="all", query="", after="")
    context["views"] = inbox.VIEWS
    return render(request, "messaging/conversation.html", context)


def _back(conversation: Conversation) -> HttpResponseRedirect:
    return HttpResponseRedirect(
        reverse("messaging:conversation", args=[conversation.public_id]) + "#latest"
    )


@login_required
@require_POST
def open_for(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open the conversation with a customer's number, making it if there is none."""
    phone = get_object_or_404(
        PhoneNumber.objects.filter(contact__in=Contact.objects.visible_to(request.user)),
        public_id=public_id,
    )
    try:
        return _back(conversations.conversation_for(phone))
    except conversations.NoNumber:
        messages.error(request, _("This dealership has no number to text from."))
        return redirect("consent:contact", public_id=phone.contact.public_id)


@login_required
@require_POST
def send(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Store one text for the door; the composer comes back with what was typed if it cannot go."""
    conversation = _conversation_for(request, public_id)
    with timezone.override(conversation.dealership.timezone):
        form = ComposeForm(request.POST)
        valid = form.is_valid()
    if not valid:
        messages.error(request, " ".join(e for errors in form.errors.values() for e in errors))
        return _back(conversation)
    try:
        message = outbound.compose(
            conversation,
            body=form.cleaned_data["body"],
            purpose=form.cleaned_data["purpose"],
            acting_user=request.user,
            send_at=form.cleaned_data["send_at"],
        )
    except outbound.BadText as error:
        messages.error(request, error.detail)
        return _back(conversation)
    if message.status == Message.Status.REFUSED and message.decision:
        messages.error(request, str(message.decision.reasons[0]["text"]))
    return _back(conversation)


@login_required
def ask(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the exact permission text first; POST asks."""
    conversation = _conversation_for(request, public_id)
    form = AskForm(request.POST or request.GET)
    form.is_valid()
    level = form.cleaned_data.get("level", Level.INFORMATIONAL)
    if request.method != "POST":
        text = outbound.preview_permission(
            conversation.phone, level=level, acting_user=request.user
        )
        context = {"conversation": conversation, "text": text, "level": level}
        return render(request, "messaging/ask.html", context)
    try:
        outbound.ask_permission(
            conversation.phone,
            acting_user=request.user,
            level=level,
            number=conversation.number,
        )
    except outbound.NotAllowed as error:
        messages.error(request, str(error.decision.reasons[0]["text"]))
    else:
        messages.success(request, _("Asked. The box opens when YES comes."))
    return _back(conversation)


@login_required
@require_POST
def assign(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give a conversation to a colleague, to oneself or to nobody."""
    conversation = _conversation_for(request, public_id)
    to = None
    if chosen := request.POST.get("to", ""):
        to = get_object_or_404(
            User.objects.filter(
                memberships__dealership=conversation.dealership_id, memberships__is_active=True
            ),
            public_id=chosen,
        )
    conversations.assign(conversation, to=to, acting_user=request.user)
    return _back(conversation)


@login_required
@require_POST
def close(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """End a conversation; it opens again on the customer's next text."""
    conversation = _conversation_for(request, public_id)
    if conversations.close(conversation, acting_user=request.user):
        messages.success(request, _("Closed. It opens again when the customer texts."))
    return redirect("messaging:inbox")


@login_required
@require_POST
def cancel(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back a text in its undo hold or on schedule."""
    message = get_object_or_404(
        Message.objects.visible_to(request.user).select_related("conversation"),
        public_id=public_id,
    )
    if outbound.cancel(message, acting_user=request.user):
        messages.success(request, _("Taken back. Nothing was sent."))
    else:
        messages.error(request, _("Too late: it is on its way."))
    return _back(message.conversation)


@login_required
@require_POST
def again(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a person send a text again that failed, or whose fate is not known."""
    message = get_object_or_404(
        Message.objects.visible_to(request.user).select_related("conversation"),
        public_id=public_id,
    )
    try:
        outbound.send_again(message, acting_user=request.user)
    except outbound.BadText as error:
        messages.error(request, error.detail)
    return _back(message.conversation)


@login_required
@require_GET
def attachment(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Show a stored picture or hand over a file; its type is what its own bytes say."""
    found = get_object_or_404(
        Attachment.objects.filter(
            message__in=Message.objects.visible_to(request.user),
            status=Attachment.Status.STORED,
        ),
        public_id=public_id,
    )
    inline = found.content_type.startswith("image/")
    answer = FileResponse(
        found.file.open("rb"), content_type=found.content_type, as_attachment=not inline
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
