"""Lines of known shapes, passed on as they stand: most events of a log say what others have said before, and of those
the time alone matters."""

from __future__ import annotations

from unitlint.diagnose.model import Entry, Event, made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.forms import Form

    Sighting = tuple[Form, str, int, float | None, str, str, str, str]
    """How its line is read, the line, its number and time, the unit, boot, log, and what a program said before it.
    A plain tuple, as one is made of nearly every line of a log full of failures."""


def entry_of(sighting: Sighting) -> Entry:
    """The entry of a line."""
    form, line, number, time, _, boot, source, before = sighting
    sender = line[form.sender_at[0] : form.sender_at[1]] if form.sender_at else form.sender
    pid = line[form.pid_at[0] : form.pid_at[1]]
    stamp = line[: form.stamp_end]
    return made(Entry, (line[form.begin :], sender, pid, time, stamp, boot, source, number, None, before, ""))


def event_of(sighting: Sighting) -> Event:
    """What the line tells, as an event; the form is that of an event."""
    form, line, _, _, unit, _, _, _ = sighting
    kind, fields = form.kind, form.fields
    if form.numbers:
        fields = {**fields}
        for name, begin, end in form.numbers:
            fields[name] = line[begin:end]
    if form.told_anew is not None:
        kind, fields = form.told_anew(fields)
    return made(Event, (kind, fields, entry_of(sighting), unit, form.user, form.wording))


def expanded(read: Event | Sighting) -> Event:
    """An event, whatever stands for it."""
    return read if isinstance(read, Event) else event_of(read)
