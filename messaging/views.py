"""The inbox: list, thread, composer. One URL serves page and fragment; POST ends in a redirect."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import MANAGERS, role_at
from accounts.clock import now
from accounts.http import StaffRequest
from accounts.models import CarrierNumber, Dealership, User
from consent import ledger, phones, searches
from consent.chosen import dealerships_shown
from consent.levels import Level
from consent.models import Contact, PhoneNumber
from consent.presentation import pill_of
from messaging import card, conversations, drafts, explaining, inbox, outbound, segments
from messaging.forms import AskForm, ComposeForm
from messaging.models import Attachment, Conversation, Message

Context = dict[str, Any]


def _conversation_for(request: StaffRequest, public_id: uuid.UUID) -> Conversation:
    """Return a conversation of the person's dealerships; for a stranger it does not exist."""
    found = Conversation.objects.visible_to(request.user).select_related(
        "contact", "phone__state", "phone__contact", "dealership", "number", "assigned_to"
    )
    return get_object_or_404(found, public_id=public_id)


def _message_for(request: StaffRequest, public_id: uuid.UUID) -> Message:
    found = Message.objects.visible_to(request.user).select_related(
        "conversation__dealership", "author", "decision"
    )
    return get_object_or_404(found, public_id=public_id)


def _answer(
    request: StaffRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page or a fragment that caches keep apart."""
    conversation = context.get("conversation")
    with timezone.override(conversation.dealership.timezone if conversation else None):
        response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _is_fragment(request: StaffRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def _back(conversation: Conversation) -> HttpResponseRedirect:
    return HttpResponseRedirect(
        reverse("messaging:conversation", args=[conversation.public_id]) + "#latest"
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


# --- the list ------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def inbox_page(request: StaffRequest) -> HttpResponse:
    """Show the list, owed answers on top, the longest wait first; POST takes words to find."""
    if request.method == "POST":
        return searches.answer_post(request, "messaging:inbox")
    context = _list_context(request)
    if not _is_fragment(request):
        return _answer(request, "messaging/inbox.html", context)
    only = {name: _uuid(request.GET.get(name, "")) for name in ("conversation", "contact")}
    if any(only.values()):
        context["page"] = inbox.rows_like(
            context["places"], request.user, view=context["page"].view, **only
        )
    template = "messaging/_rows.html" if request.GET.get("after") else "messaging/_list.html"
    return _answer(request, template, context)


def _list_context(request: StaffRequest) -> Context:
    places = dealerships_shown(request)
    page = inbox.list_page(
        places,
        request.user,
        view=request.GET.get("view", request.session.get("view", "all")),
        query=searches.words_of(request),
        after=request.GET.get("after", ""),
    )
    if request.GET.get("view") and page.view != request.session.get("view"):
        request.session["view"] = page.view
    return {"page": page, "places": places, "found": request.GET.get("found", "")}


# --- one conversation ----------------------------------------------------------------------------


@login_required
@require_GET
def conversation_page(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one conversation beside the list; for htmx the pane, or a part of the thread."""
    conversation = _conversation_for(request, public_id)
    before, after = (_uuid(request.GET.get(name, "")) for name in ("before", "after"))
    fragment = _is_fragment(request)
    context = _talk(conversation, before=before, after=after if fragment else None)
    if fragment and before:
        return _answer(request, "messaging/_earlier.html", context)
    if not fragment:
        return _page(request, conversation, context)
    template = "messaging/_tail.html" if after else "messaging/_conversation.html"
    return _answer(request, template, context | _about(request, conversation))


def _talk(
    conversation: Conversation,
    *,
    before: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
) -> Context:
    return {
        "conversation": conversation,
        "thread": inbox.thread(conversation, before=before, after=after),
        "name": inbox.name_of(conversation),
    }


def _about(request: StaffRequest, conversation: Conversation) -> Context:
    """Return what stands around the texts: header, composer, details."""
    state = ledger.state_of(getattr(conversation.phone, "state", None))
    return {
        "composer": inbox.composer(conversation, state),
        "pill": pill_of(state, at=now(), country=conversation.phone.country),
        "is_stopped": state.is_stopped,
        "number": phones.pretty(conversation.phone.number_e164),
        "our_number": phones.pretty(conversation.number.number_e164),
        "their_time": inbox.their_time(conversation),
        "may_decide": role_at(request.user, conversation.dealership) in MANAGERS,
        "colleagues": _colleagues(conversation.dealership),
        "history": inbox.history(conversation),
    }


def _colleagues(dealership: Dealership) -> QuerySet[User]:
    works_here = Q(memberships__dealership=dealership, memberships__is_active=True)
    owns = Q(group_admins__group=dealership.group_id)
    return User.objects.filter(works_here | owns, is_active=True).distinct().order_by("name", "pk")


def _pane(request: StaffRequest, conversation: Conversation) -> HttpResponseBase:
    """Return the conversation as it is now: its pane for htmx, else a redirect to its page."""
    if not request.htmx:
        return _back(conversation)
    fresh = _conversation_for(request, conversation.public_id)
    context = _talk(fresh) | _about(request, fresh)
    return _answer(request, "messaging/_conversation.html", context | {"with_notices": True})


@login_required
@require_POST
def open_for(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open the conversation with a customer's number, making it if there is none."""
    phone = get_object_or_404(
        PhoneNumber.objects.filter(contact__in=Contact.objects.visible_to(request.user)),
        public_id=public_id,
    )
    try:
        conversation = conversations.conversation_for(phone)
    except conversations.NoNumber:
        messages.error(request, _("This dealership has no number to text from."))
        return redirect("consent:contact", public_id=phone.contact.public_id)
    if request.POST.get("ask"):
        _ask(request, conversation, Level.INFORMATIONAL)
    return _back(conversation)


# --- texts ---------------------------------------------------------------------------------------


@login_required
@require_POST
def send(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Store one text for the door; what cannot go comes back in the box with the reason."""
    conversation = _conversation_for(request, public_id)
    with timezone.override(conversation.dealership.timezone):
        form = ComposeForm(request.POST)
        problem = form.problem()
    message = None
    if not problem:
        try:
            message = outbound.compose(conversation, acting_user=request.user, **form.cleaned_data)
        except outbound.BadText as error:
            problem = error.detail
    if request.htmx:
        return _sent(request, conversation, message, problem)
    if problem:
        more = {"problem": problem, "body": request.POST.get("body", "")}
        return _page(request, conversation, _talk(conversation) | more, status=422)
    return _back(conversation)


def _page(
    request: StaffRequest, conversation: Conversation, context: Context, *, status: int = 200
) -> HttpResponse:
    """Return the whole page: the conversation beside the list."""
    whole = context | _about(request, conversation) | _list_context(request)
    return _answer(request, "messaging/conversation.html", whole, status=status)


def _sent(
    request: StaffRequest, conversation: Conversation, message: Message | None, problem: str
) -> HttpResponse:
    fresh = _conversation_for(request, conversation.public_id)
    context = {"conversation": fresh, "name": inbox.name_of(fresh), **_about(request, fresh)}
    if message is None:
        context |= {"problem": problem, "body": request.POST.get("body", "")}
        return _answer(request, "messaging/_composer.html", context, status=422)
    context |= {"message": message, "item": _item(message)}
    context["is_undoable"] = message.status == Message.Status.QUEUED and bool(message.not_before)
    response = _answer(request, "messaging/_sent.html", context)
    response["HX-Trigger"] = "sent"
    return response


def _item(message: Message) -> inbox.Item:
    return inbox.item_of(message, ZoneInfo(message.conversation.dealership.timezone))


@login_required
@require_POST
def measure(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say what the words being written cost, and which permission they need; stores nothing."""
    conversation = _conversation_for(request, public_id)
    body, purpose = request.POST.get("body", ""), request.POST.get("purpose", "")
    draft = drafts.look_at(conversation, body, purpose=purpose)
    context = {"draft": draft, "conversation": conversation}
    return _answer(request, "messaging/_measure.html", context)


@login_required
@require_GET
def message_part(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Return one line of the thread as it is now; its place in the conversation without htmx."""
    message = _message_for(request, public_id)
    if not _is_fragment(request):
        return HttpResponseRedirect(
            reverse("messaging:conversation", args=[message.conversation.public_id])
            + f"#m-{message.public_id}"
        )
    context = {"item": _item(message), "conversation": message.conversation}
    return _answer(request, "messaging/_message.html", context)


@login_required
@require_GET
def explain(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the full record behind one text: why it was sent or refused."""
    message = get_object_or_404(explaining.explainable(request.user), public_id=public_id)
    context = {
        "record": explaining.explain(message),
        "conversation": message.conversation,
        "name": inbox.name_of(message.conversation),
    }
    return _answer(request, "messaging/explain.html", context)


@login_required
@require_POST
def cancel(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back a text in its undo hold or on schedule."""
    message = _message_for(request, public_id)
    if outbound.cancel(message, acting_user=request.user):
        messages.success(request, _("Taken back. Nothing was sent."))
    else:
        messages.error(request, _("Too late: it is on its way."))
    if not request.htmx:
        return _back(message.conversation)
    message.refresh_from_db(fields=["status"])
    context = {"item": _item(message), "conversation": message.conversation, "with_notices": True}
    response = _answer(request, "messaging/_message.html", context)
    if message.status == Message.Status.CANCELED:
        response["HX-Trigger"] = "canceled"
    return response


@login_required
@require_POST
def again(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a person send a text again that failed, or whose fate is not known."""
    message = _message_for(request, public_id)
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


# --- permission ----------------------------------------------------------------------------------


@login_required
def ask(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Show the exact permission text first; POST asks."""
    conversation = _conversation_for(request, public_id)
    form = AskForm(request.POST or request.GET)
    form.is_valid()
    level = form.cleaned_data.get("level", Level.INFORMATIONAL)
    if request.method == "POST":
        _ask(request, conversation, level)
        return _pane(request, conversation)
    text = outbound.preview_permission(conversation.phone, level=level, acting_user=request.user)
    context = {
        "conversation": conversation,
        "name": inbox.name_of(conversation),
        "text": text,
        "size": segments.count(text),
        "level": level,
    }
    template = "messaging/_ask.html" if _is_fragment(request) else "messaging/ask.html"
    return _answer(request, template, context)


def _ask(request: StaffRequest, conversation: Conversation, level: Level) -> None:
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


@login_required
@require_GET
def text_me_card(request: StaffRequest) -> HttpResponse:
    """Show the card that lets a customer text first, so that nobody has to be asked."""
    places = dealerships_shown(request)
    numbers = list(
        CarrierNumber.objects.filter(dealership__in=places, is_active=True).select_related(
            "dealership"
        )
    )
    chosen = request.GET.get("number", "")
    number = next((n for n in numbers if str(n.public_id) == chosen), None)
    if chosen and number is None:
        raise Http404
    context: Context = {"numbers": numbers, "chosen": number or next(iter(numbers), None)}
    if context["chosen"]:
        # Ours until they are sent: they must read as a yes to nothing.
        words = _("Hi %(name)s, I have a question.") % {"name": request.user.first_name}
        link = card.texting_link(context["chosen"].number_e164, words=words)
        side, path = card.qr_path(link)
        pretty = phones.pretty(context["chosen"].number_e164)
        context |= {"link": link, "side": side, "path": path, "number": pretty}
    template = "messaging/_card.html" if _is_fragment(request) else "messaging/card.html"
    return _answer(request, template, context)


# --- whose it is, and its end --------------------------------------------------------------------


@login_required
@require_POST
def assign(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Give a conversation to a colleague, to oneself or to nobody."""
    conversation = _conversation_for(request, public_id)
    chosen = request.POST.get("to", "")
    to = None
    if chosen == "me":
        to = request.user
    elif chosen:
        who = _uuid(chosen)
        to = get_object_or_404(_colleagues(conversation.dealership), public_id=who)
    conversations.assign(conversation, to=to, acting_user=request.user)
    said = _("Assigned to %(name)s.") % {"name": to.name} if to else _("Assigned to nobody.")
    messages.success(request, said)
    return _pane(request, conversation)


@login_required
@require_POST
def close(request: StaffRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """End a conversation; it opens again on the customer's next text."""
    conversation = _conversation_for(request, public_id)
    if conversations.close(conversation, acting_user=request.user):
        messages.success(request, _("Closed. It opens again when the customer texts."))
    return _pane(request, conversation)
