"""Where a model may hold a person: keys to the account, and fields that are called like a person."""

import re
from collections.abc import Iterable

from django.db import models

from pobratym.accounts.models import User

# Names of fields under which a person, or a number that leads to one, is kept.
PERSONAL = re.compile(
    r"^(email|name|to|sent_to|given_by|speaker|ip|user_agent|phone|address|(.*_)?(actor|user|person)(_id)?|"
    r"(person|signatory)_(uk|en)|(.*_)?email|(.*_)?password)$"
)

# Models with such a field that holds no person, and why.
NO_PERSON = {
    "auth.group": "the name of a group of Django's that nobody uses",
    "auth.permission": "the name of a permission of Django's that nobody uses",
    "contenttypes.contenttype": "the name of a model",
    "organisations.body": "the official address and name of a body, which is public",
    "outbox.lease": "the name of a piece of work",
    "territory.unit": "the name of a place",
    "territory.formername": "the name of a place",
    "territory.loadedtable": "the name of a table",
}


def fields_of_persons(model: type[models.Model]) -> list[str]:
    """The fields of a model that lead to a person, by key or by name."""
    found = []
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        leads = field.is_relation and field.related_model is User
        if leads or isinstance(field, models.EmailField) or (not field.is_relation and PERSONAL.fullmatch(field.name)):
            found.append(field.name)
    return found


def unregistered(all_models: Iterable[type[models.Model]], registered: Iterable[str]) -> list[str]:
    """Models that hold a person and are neither registered nor known to hold none."""
    known = {*registered, *NO_PERSON}
    return [
        f"{model._meta.label_lower}: {', '.join(fields)}"
        for model in all_models
        if (fields := fields_of_persons(model)) and model._meta.label_lower not in known
    ]
