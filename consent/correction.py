"""A customer's other number: the one we had was wrong, or is no longer theirs."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import User
from consent import carrying, contacts, suppressions
from consent.kinds import Basis
from consent.ledger import Json
from consent.models import Contact, PhoneNumber
from consent.subjects import subject_of


def correct_number(
    contact: Contact,
    *,
    number_e164: str,
    basis: Basis,
    evidence: dict[str, Json],
    acting_user: User,
) -> PhoneNumber:
    """Store another number of a known customer, with the entry that says how it was got.

    Nothing of the old number's consent goes with it: a permission belongs to a number. The old
    number keeps its state, its texts and its entries. Raises contacts.NumberTaken, and
    Contact.DoesNotExist for a contact that was erased meanwhile.

    Law: RULE-US-14.
    """
    dealership = contact.dealership
    subject = subject_of(number_e164)
    with transaction.atomic():
        row = suppressions.lock(group_id=dealership.group_id, subject=subject)
        Contact.objects.select_for_update(no_key=True).get(pk=contact.pk, erased_at=None)
        taken = PhoneNumber.objects.filter(dealership=dealership, number_e164=number_e164).first()
        if taken is not None:
            raise contacts.NumberTaken(taken)
        try:
            with transaction.atomic():
                phone = PhoneNumber.objects.create(
                    contact=contact, dealership=dealership, number_e164=number_e164, subject=subject
                )
        except IntegrityError:
            taken = PhoneNumber.objects.get(dealership=dealership, number_e164=number_e164)
            raise contacts.NumberTaken(taken) from None
        carrying.carry(phone, row)
        contacts.record_basis(phone, basis=basis, evidence=evidence, acting_user=acting_user)
    return phone
