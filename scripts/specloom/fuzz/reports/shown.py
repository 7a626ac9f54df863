"""Write requests, answers and texts of a server such that they can be shown: of a length that people read, harmless."""

from __future__ import annotations

import unicodedata
from typing import Final

from specloom.fuzz.result import CampaignResult, Failure, Step
from specloom.fuzz.wire import Answer, Request

MAX_TEXT: Final = 4000
"""How many characters of a text are shown."""

_HARMFUL: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = MAX_TEXT) -> str:
    """Return `text` with escapes for what terminals, XML or readers would stumble over, and cut where it is too long.

    Control characters move the cursor of a terminal, and marks of direction turn what is read around.
    """
    cut = len(text) - limit
    shown = "".join(
        each if each in "\n\t" or unicodedata.category(each) not in _HARMFUL else _escaped(each)
        for each in text[:limit]
    )
    return f"{shown} … ({cut} characters more)" if cut > 0 else shown


def request_text(request: Request) -> str:
    """Return a request as HTTP has it."""
    return _message(f"{request.method} {request.target}", request.headers, request.body or b"")


def answer_text(answer: Answer) -> str:
    """Return an answer as HTTP has it."""
    return _message(str(answer.status), answer.headers, answer.body)


def verdict(result: CampaignResult) -> str:
    """Return the verdict of a campaign in a word."""
    if not result.ok:
        return "failed"
    return "stopped" if result.stopped else "passed"


def step_line(step: Step) -> str:
    """Return one line about a step: what was expected, and what came."""
    came = "no answer" if step.answer is None else f"answered {step.answer.status}"
    documented = f", documented {' or '.join(step.statuses)}" if step.statuses else ""
    return visible(" ".join(f"{step.expected or step.request.method}: {came}{documented}".split()), 400)


def rule_line(failure: Failure) -> str:
    """Return where the rule of a failure stands: its pointer, file and line, and the title of the vendor's page."""
    page = f', page "{failure.page}"' if failure.page else ""
    return visible(f"#{failure.rule} ({failure.place}{page})")


def _message(first: str, headers: tuple[tuple[str, str], ...], body: bytes) -> str:
    lines = [visible(first), *(visible(f"{name}: {value}", 1000).replace("\n", "\\n") for name, value in headers)]
    if body:
        cut = body[: 4 * MAX_TEXT].decode("utf-8", "backslashreplace")
        lines += ["", visible(cut)]
        if len(body) > 4 * MAX_TEXT:
            lines[-1] += f" ({len(body)} bytes in all)"
    return "\n".join(lines)


def _escaped(character: str) -> str:
    point = ord(character)
    return f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}" if point < 65536 else f"\\U{point:08x}"  # noqa: PLR2004 - as Python has it
