"""The one signal: an entry was appended. Sent after commit; receivers only enqueue."""

from __future__ import annotations

from django.dispatch import Signal

#: Arguments: `dealership_id`, `group_id`, `subject`, `index`, `kind`; of a contact's number also
#: `phone_pk` and `contact`, its public id (None and "" else).
entry_appended = Signal()
