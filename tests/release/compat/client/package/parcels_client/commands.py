"""The command line."""

from __future__ import annotations

from .commandline import Argument, Command, Program

PROGRAM = Program(
    name="parcels",
    commands=(
        Command(
            "holds",
            "hold",
            "Hold a parcel",
            "Hold a parcel until it is released.",
            (
                Argument("number", "number", "The number of the parcel.", required=True),
                Argument("days", "--days", "How long."),
                Argument("size", "--size", "The size of the label.", choices=("large", "small")),
            ),
        ),
    ),
)
