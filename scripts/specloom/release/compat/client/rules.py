"""The rules of the client verdict."""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class ClientRule:
    """What a finding about the generated package says, and how to avoid it when it breaks code."""

    id: str
    title: str
    remedy: str = ""


_KEEP: Final = "keep the old name beside the new one in the spec, deprecated, until a later major version"
_NAME: Final = "keep the name by `x-name`, or by the name of the component in the spec"

CLIENT_RULES: Final = (
    ClientRule("client-attribute-added", "A class has a further attribute."),
    ClientRule(
        "client-attribute-became-required",
        "An attribute has to be given that could be left out.",
        "leave the member optional in the spec",
    ),
    ClientRule("client-attribute-removed", "An attribute of a class is gone.", _KEEP),
    ClientRule(
        "client-attribute-type-changed",
        "An attribute has another type.",
        "add a member of the new type, and keep the old one",
    ),
    ClientRule(
        "client-base-removed", "A class has no longer some base class.", "keep the status, whose class is the base"
    ),
    ClientRule("client-class-added", "A class is new."),
    ClientRule("client-class-removed", "A class is gone.", _NAME),
    ClientRule("client-command-added", "The command line has a further command."),
    ClientRule("client-command-removed", "A command of the command line is gone.", _NAME),
    ClientRule("client-constant-added", "A named type or a constant is new."),
    ClientRule(
        "client-constant-changed",
        "A named type has other values.",
        "keep the values, or make a type of its own for the new ones",
    ),
    ClientRule("client-constant-removed", "A named type or a constant is gone.", _NAME),
    ClientRule("client-kind-changed", "A name stands for something else.", _NAME),
    ClientRule("client-method-added", "A class has a further method."),
    ClientRule(
        "client-method-removed", "A method is gone.", "keep the operation, or the name of the method by `x-name`"
    ),
    ClientRule("client-option-added", "A command has a further option."),
    ClientRule(
        "client-option-became-required",
        "An option of a command has to be given that could be left out.",
        "leave the parameter optional in the spec",
    ),
    ClientRule("client-option-removed", "An option of a command is gone.", _KEEP),
    ClientRule("client-option-value-removed", "An option of a command no longer takes some value.", "keep the value"),
    ClientRule("client-optional-parameter-added", "A method has a further parameter that may be left out."),
    ClientRule("client-parameter-became-optional", "A parameter may be left out that had to be given."),
    ClientRule(
        "client-parameter-became-required",
        "A parameter has to be given that could be left out.",
        "leave it optional in the spec",
    ),
    ClientRule(
        "client-parameter-default-changed",
        "A parameter that is left out stands for something else.",
        "keep the default in the spec",
    ),
    ClientRule(
        "client-parameter-kind-changed",
        "A parameter can no longer be given by its place or by its name.",
        "leave it in the path, or out of it",
    ),
    ClientRule(
        "client-parameter-moved", "A parameter is at another place.", "keep the order of the variables in the path"
    ),
    ClientRule("client-parameter-removed", "A parameter is gone, or has another name.", _KEEP),
    ClientRule("client-parameter-type-changed", "A parameter has another type.", "accept the old type too"),
    ClientRule(
        "client-required-attribute-added",
        "A model that is sent has a further attribute that has to be given.",
        "make the member optional in the spec",
    ),
    ClientRule(
        "client-required-option-added",
        "A command has a further option that has to be given.",
        "make the parameter optional in the spec",
    ),
    ClientRule(
        "client-required-parameter-added",
        "A method has a further parameter that has to be given.",
        "make it optional in the spec",
    ),
    ClientRule(
        "client-return-type-changed",
        "A method returns another type.",
        "keep the type; make an operation of its own for the other one",
    ),
)
"""The rules, sorted by id."""

BY_ID: Final = {rule.id: rule for rule in CLIENT_RULES}
