"""The story: true at its default stage, marked beyond it, right on any day, and never in a real database."""

import datetime as dt

import pytest
from django.utils import timezone

from pobratym.accounts.operations import NotDemonstration, mark_database
from pobratym.audit.models import Entry
from pobratym.newsroom.models import Publication
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Transition, Value
from pobratym.portal.demonstration import story
from pobratym.portal.demonstration.story import Point
from pobratym.vocabulary.choices import Direction, Origin
from tests.portal.conftest import NOW


def test_default_stage_holds_only_what_sources_tell_of_the_memorandum(demonstration):
    story.build(story.DEFAULT_STAGE, at=NOW)

    partnership = story.current()
    assert partnership.stage == Stage.MEMORANDUM
    assert partnership.papers.get().signed_on == dt.date(2024, 2, 20)
    assert sorted(partnership.commitments.values_list("direction", flat=True)) == sorted(Direction.values)
    assert set(partnership.commitments.values_list("origin", flat=True)) == {Origin.FOUNDING}
    assert not Value.objects.exists()
    assert not ProgressNote.objects.exists()
    item = Publication.objects.get(partnership=partnership, language="uk")
    assert [words.speaker for words in item.quotations.order_by("position")] == ["Андрій Найда", "Анатолій Куртєв"]
    assert {unit.pk for unit in item.oblasts.all()} == {"UA23000000000064947", "UA26000000000069363"}


@pytest.mark.parametrize("stage", [Stage.PARTNERSHIP, Stage.TWINS])
def test_all_beyond_the_memorandum_is_marked_as_generated(demonstration, stage):
    story.build(stage, at=NOW)

    partnership = story.current()
    beyond = partnership.transitions.filter(stage__in=story.POSSIBLE)
    assert set(beyond.values_list("origin", flat=True)) == {Origin.GENERATED}
    assert set(Value.objects.values_list("origin", flat=True)) == {Origin.GENERATED}
    assert set(ProgressNote.objects.values_list("origin", flat=True)) == {Origin.GENERATED}
    assert set(partnership.decisions.values_list("origin", flat=True)) <= {Origin.GENERATED}


@pytest.mark.parametrize("later", [dt.timedelta(days=1), dt.timedelta(days=366), dt.timedelta(days=3 * 365)])
@pytest.mark.parametrize("stage", Stage)
def test_story_is_right_on_any_day(demonstration, stage, later):
    now = NOW + later

    story.show(stage, at=now)

    today = timezone.localdate(now)
    assert story.current().stage == stage
    assert not Transition.objects.filter(reached_on__gt=today).exists()
    assert not Commitment.objects.filter(done_on=None, due_on__lt=today).exists()
    assert not Entry.objects.filter(at__gt=now).exists()
    # History keeps its dates, whenever it is told.
    if stage in story.POSSIBLE or stage == Stage.MEMORANDUM:
        assert story.current().papers.get().signed_on == dt.date(2024, 2, 20)


def test_story_told_twice_is_there_once(demonstration):
    story.show(Stage.MEMORANDUM, at=NOW)
    story.show(Stage.MEMORANDUM, at=NOW)

    assert Partnership.objects.count() == 2
    assert Publication.objects.filter(language="uk").count() == 5


def test_step_that_a_visitor_undid_is_told_anew(demonstration):
    story.build(Stage.CONTACT, at=NOW)
    story.current().delete()

    story.go_to(Point.SIGNED, at=NOW)

    assert story.current().stage == Stage.MEMORANDUM


def test_three_parties_two_of_them_abroad(demonstration):
    story.build(Stage.CONTACT, at=NOW)

    partnership = Partnership.objects.get(parties__body__abroad__name_own="Teltow")
    assert [party.body.short_name_uk for party in partnership.parties.order_by("position")] == [
        "Хотин",
        "Жагань",
        "Тельтов",
    ]
    assert partnership.stage == Stage.TWINS


def test_real_database_is_never_cleared(db, settings):
    settings.DEMONSTRATION = False
    mark_database(at=NOW)

    with pytest.raises(NotDemonstration):
        story.reset()


def test_generated_days_are_marked_on_the_thread_too(demonstration, client):
    story.build(story.DEFAULT_STAGE, at=NOW)

    thread = client.get(f"/partnerships/{story.current().pk}/").content.decode().partition('<ol class="stages"')[2]

    steps = thread.partition("</ol>")[0].split("<li")[1:]
    assert [("chip" in step) for step in steps] == [True, True, False, False, False]
