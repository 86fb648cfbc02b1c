"""Images by short names, images that never change or take long to come, and what their containers are told."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.sandbox.secrets import secrets_in
from unitlint.files.names import quadlet_type
from unitlint.rules.model import Context, Hit, header_place
from unitlint.syntax.document import OPAQUE
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment

_OPTION = late_pattern(r"--?[A-Za-z]")
_IMAGE_ID = late_pattern(r"sha256:.*|[0-9a-fA-F]{64}")


def short_name(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A name without its registry (quadlet's main.go: isUnambiguousName)."""
    image = _image(unit)
    if image is not None and not is_qualified(image.value):
        first = image.value.partition("/")[0]
        if OPAQUE in first.partition(":")[0]:
            return  # the registry may stand in there
        guess = f"docker.io/{'' if '/' in image.value else 'library/'}{image.value}"
        yield Hit(image, {"first": first}, suggestion=f"If it is Docker's, write `{guess}`.")


def never_updated(unit: Unit, _context: Context) -> Iterator[Hit]:
    """AutoUpdate=registry of an image of which no registry has another one (podman-auto-update(1))."""
    update = unit.last(SECTIONS[unit.quadlet], "AutoUpdate")
    image = unit.last(SECTIONS[unit.quadlet], "Image")
    if update is None or image is None or update.value not in ("registry", "image"):
        return
    reason = _why_never(image.value)
    if reason:
        yield Hit(update, {"reason": reason}, ((image, "the image"),))


def _why_never(image: str) -> str:
    if quadlet_type(image) == "build" or image.startswith("localhost/"):
        return "the image is built here; AutoUpdate=local looks for a newer one"
    if "@sha256:" in image or _IMAGE_ID.fullmatch(image):
        return "an image named by its digest is always the same"
    if "%" not in image and "$" not in image and not quadlet_type(image) and not is_qualified(image):
        return "podman auto-update needs the full name of the image, including its registry"
    return ""


def pulled_while_starting(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A service that pulls its image within the 90 s that it has by default to start."""
    if not unit.has_fragment or unit.value("Service", "Type") == "oneshot":
        return
    section = SECTIONS[unit.quadlet]
    image = unit.value(section, "Image")
    if not image or quadlet_type(image) or image.startswith("localhost/") or unit.value(section, "Pull") == "never":
        return
    if unit.last("Service", "TimeoutStartSec") is None and unit.last("Service", "TimeoutSec") is None:
        place = header_place(unit, "Service") or header_place(unit, section)
        if place is not None:
            yield Hit(place)


def is_qualified(image: str) -> bool:
    """True for ``quay.io/podman/stable``, ``localhost/web`` and the ID of an image."""
    domain, slash, _ = image.partition("/")
    if _IMAGE_ID.fullmatch(image):
        return True
    return bool(slash) and ("." in domain or ":" in domain or domain == "localhost")


def _image(unit: Unit) -> Assignment | None:
    image = unit.last(SECTIONS[unit.quadlet], "Image")
    if image is None or not image.value or quadlet_type(image.value) in ("image", "build"):
        return None
    return None if "%" in image.value or "$" in image.value else image


WITHOUT_PORTS = ("host", "none", "container")


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """PublishPort= beside a network that is not the container's own, at its first line."""
    section = SECTIONS[unit.quadlet]
    ports = unit.all(section, "PublishPort")
    if not ports:
        return
    for network in unit.all(section, "Network"):
        name = network.value.partition(":")[0]
        if name in WITHOUT_PORTS or name.endswith(".container"):
            related = ((network, "this network does not give the container ports of its own"),)
            yield Hit(
                ports[0],
                {"outcome": f"podman ignores it, because Network={network.value} leaves nothing to publish"},
                related,
            )
            return


def in_environment(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Placeholders, paths and switches are no secrets."""
    for line in unit.all(SECTIONS[unit.quadlet], "Environment"):
        for name, span in secrets_in(line):
            yield Hit(line, {"name": name}, span=span)


LISTS_OF_PAIRS = (
    ("Container", "Environment"), ("Container", "Label"), ("Container", "Annotation"), ("Pod", "Label"),
    ("Network", "Label"), ("Volume", "Label"),
)  # fmt: skip
_FROM_HOST = late_pattern(r"[A-Z_][A-Z0-9_]*")
"""A variable that is passed on from the host."""


def environment_cut(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A word behind the first that is no assignment (unitfile.go: LookupAllKeyVal); one finding a line."""
    for section, directive in LISTS_OF_PAIRS:
        for line in unit.all(section, directive):
            words = split_words(line.value)
            if not words or "=" not in words[0].text:
                continue
            for word in words[1:]:
                is_bare = "=" not in word.text and not _FROM_HOST.fullmatch(word.text)
                if is_bare or _OPTION.match(word.text):
                    yield Hit(line, {"word": word.text}, span=(word.start, word.end))
                    break
