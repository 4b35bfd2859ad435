"""Raising visibility takes a second person; lowering takes nobody."""

import pytest

from pobratym.accounts import operations, queries
from pobratym.accounts.models import SecondPerson
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import operations as organisations
from pobratym.organisations.models import OfficeHolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def mayor(kalush, at) -> OfficeHolder:
    return organisations.add_office_holder(
        body=kalush,
        person_uk="Калуш, голова",
        person_en="Kalush, mayor",
        post_uk="міський голова",
        post_en="mayor",
        mandate="elected",
        by=None,
        at=at,
    )


@pytest.fixture
def asker(make, kalush):
    return make(("coordinator", kalush))


@pytest.fixture
def wish(mayor, asker, at) -> SecondPerson:
    return operations.ask_second(subject=mayor, title="Голова: на сторінці громади", raise_to="public", by=asker, at=at)


def test_wish_changes_nothing_yet(wish, mayor):
    mayor.refresh_from_db()

    assert mayor.visibility == "team"
    assert queries.waiting_for_second(f"organisations.officeholder:{mayor.pk}") == wish
    assert history_of(mayor)[0].sentence == "Запитано другу особу про ширшу видимість: Команда → Усі."


ANSWERS = {
    "colleague coordinator": True,
    "colleague signatory": True,
    "moderator": True,
    "colleague editor": False,
    "reader": False,
    "other coordinator": False,
    "asker": False,
}


@pytest.mark.parametrize(("name", "may"), ANSWERS.items())
def test_who_may_confirm(wish, mayor, asker, make, request, at, name, may):
    kalush, zaporizhzhia = request.getfixturevalue("kalush"), request.getfixturevalue("zaporizhzhia")
    person = {
        "colleague coordinator": lambda: make(("coordinator", kalush)),
        "colleague signatory": lambda: make(("signatory", kalush)),
        "moderator": lambda: make("moderator"),
        "colleague editor": lambda: make(("editor", kalush)),
        "reader": lambda: make(("reader", kalush)),
        "other coordinator": lambda: make(("coordinator", zaporizhzhia)),
        "asker": lambda: asker,
    }[name]()
    before = Entry.objects.count()

    if may:
        operations.confirm_second(second=wish, by=person, at=at)
    else:
        with pytest.raises(operations.AnotherPersonNeeded):
            operations.confirm_second(second=wish, by=person, at=at)

    mayor.refresh_from_db()
    wish.refresh_from_db()
    assert (mayor.visibility, wish.agreed) == (("public", True) if may else ("team", None))
    assert (Entry.objects.count() > before) is may


def test_moderator_who_asked_cannot_confirm_either(mayor, make, at):
    moderator = make("moderator")
    wish = operations.ask_second(subject=mayor, title="X", raise_to="partners", by=moderator, at=at)

    with pytest.raises(operations.AnotherPersonNeeded):
        operations.confirm_second(second=wish, by=moderator, at=at)


def test_refusal_keeps_the_record_and_allows_a_new_wish(wish, mayor, asker, make, at):
    operations.refuse_second(second=wish, by=make("moderator"), at=at)

    mayor.refresh_from_db()
    assert mayor.visibility == "team"
    assert history_of(mayor)[0].sentence == "У ширшій видимості відмовлено: Команда → Усі."
    operations.ask_second(subject=mayor, title="X", raise_to="partners", by=asker, at=at)


def test_asker_takes_the_wish_back(wish, asker, at):
    operations.refuse_second(second=wish, by=asker, at=at)

    wish.refresh_from_db()
    assert (wish.agreed, wish.answered_by) == (False, None)


def test_one_open_wish_per_record(wish, mayor, asker, at):
    with pytest.raises(operations.AlreadyAsked):
        operations.ask_second(subject=mayor, title="X", raise_to="public", by=asker, at=at)

    assert SecondPerson.objects.count() == 1


@pytest.mark.parametrize("to", ["team", "restricted"])
def test_lowering_is_no_wish(mayor, asker, at, to):
    with pytest.raises(operations.NotARaise):
        operations.ask_second(subject=mayor, title="X", raise_to=to, by=asker, at=at)


def test_answered_wish_is_answered_once(wish, make, at):
    moderator = make("moderator")
    operations.confirm_second(second=wish, by=moderator, at=at)

    for answer in (operations.confirm_second, operations.refuse_second):
        with pytest.raises(operations.AlreadyAnswered):
            answer(second=wish, by=moderator, at=at)


def test_agreeing_never_narrows(wish, mayor, make, at):
    OfficeHolder.objects.filter(pk=mayor.pk).update(visibility="public")
    SecondPerson.objects.filter(pk=wish.pk).update(raise_to="partners")

    operations.confirm_second(second=wish, by=make("moderator"), at=at)

    mayor.refresh_from_db()
    assert mayor.visibility == "public"


def test_wish_about_a_deleted_record_can_only_be_refused(wish, mayor, make, at):
    moderator = make("moderator")
    mayor.delete()

    with pytest.raises(operations.SubjectGone):
        operations.confirm_second(second=wish, by=moderator, at=at)
    operations.refuse_second(second=wish, by=moderator, at=at)


def test_unregistered_kind_is_a_mistake_of_the_caller(kalush, asker, at):
    with pytest.raises(LookupError):
        operations.ask_second(subject=kalush, title="X", raise_to="public", by=asker, at=at)
