"""The one signal: an entry was appended. Sent after commit; receivers only enqueue."""

from __future__ import annotations

from django.dispatch import Signal

#: Arguments: `dealership_id`, `subject`, `index`, `kind`.
entry_appended = Signal()
