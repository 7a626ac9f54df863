"""Versions of packages, and which one comes next (semver.org)."""

from __future__ import annotations

import re
from typing import Final, Literal, Self

import attrs

from specloom.spec import SpecloomError

Bump = Literal["major", "minor", "patch"]
"""The part of a version that a change asks to be raised."""

_RELEASE: Final = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", re.ASCII)


@attrs.frozen(order=True)
class Version:
    """A version X.Y.Z; those for trial, such as 1.0.0-rc.1, are not released."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `X.Y.Z`. Raises SpecloomError."""
        found = _RELEASE.fullmatch(text)
        if found is None:
            raise SpecloomError(
                f"{text!r} is no version that can be released", remedy="write three numbers, as in 1.2.0"
            )
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, bump: Bump) -> Version:
        """Return the first version that says what `bump` has to say.

        Below 1.0.0 a minor version may break, and a patch may add (semver.org, item 4, leaves it open; this is what
        most users of 0.y.z expect).
        """
        if self.major == 0:
            bump = "minor" if bump == "major" else "patch"
        if bump == "major":
            return Version(self.major + 1, 0, 0)
        if bump == "minor":
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def next_version(released: Version | None, declared: Version, bump: Bump, asked: str = "auto") -> Version:
    """Return the version to release.

    `released` is the last one, None before the first; `declared` that of the spec, which is taken when it says enough;
    `bump` is what the changes ask for; `asked` is `auto` or a version. Raises SpecloomError when the version asked for
    says less than the changes ask for.
    """
    if released is None:
        return declared if asked == "auto" else Version.parse(asked)
    least = released.bumped(bump)
    if asked == "auto":
        return max(declared, least)
    version = Version.parse(asked)
    if version < least:
        raise SpecloomError(
            f"{version} says less than what changed since {released}: a {bump} change needs {least} or more",
            remedy=f"release it as {least}",
        )
    return version
