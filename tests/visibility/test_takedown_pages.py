"""The pages of taking an enterprise out of sight."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from pobratym.accounts.signing_in import PROVED
from pobratym.organisations.takedown import Takedown
from tests.partnerships.cast import member
from tests.visibility.enterprise import CODE, GROUND, LATIN, NAME, Platform, of, says
from tests.visibility.reading import said_by

pytestmark = pytest.mark.django_db


class TestPages:
    """Look first, then order; only moderators, and with a fresh proof."""

    def test_preview_names_what_is_reached_and_changes_nothing(self, platform: Platform) -> None:
        answer = of(platform.moderator).post(
            reverse("portal:take_down"), {"edrpou": CODE, "names": f"{NAME}\n{LATIN}", "ground": GROUND}
        )
        said = answer.content.decode()

        assert answer.status_code == 200
        assert {found.kind: found.number for found in answer.context["reached"]} == {
            "органи": 1, "посадовці": 1, "рішення рад": 1, "документи": 1, "партнерства": 1, "зобов’язання": 1,
            "записи про поступ": 1, "значення": 1, "публікації": 9,
        }  # fmt: skip
        assert "Новина: Завод" in said
        assert Takedown.objects.count() == 0

    def test_order_is_given_listed_and_ended(self, platform: Platform) -> None:
        client = of(platform.moderator)
        given = {"edrpou": CODE, "names": NAME, "ground": GROUND, "order": "yes"}

        assert client.post(reverse("portal:take_down"), given).status_code == 302
        order = Takedown.objects.get()
        assert (order.names, order.hidden_to) == ([NAME], None)
        again = client.post(reverse("portal:take_down"), given)
        assert (again.status_code, Takedown.objects.count()) == (409, 1)
        listed = client.get(reverse("portal:takedowns")).content.decode()
        assert CODE in listed
        assert "чинний з" in listed

        ended = client.post(reverse("portal:lift_takedown", args=[order.pk]), {"ground": "наказ № 9"})
        assert ended.status_code == 302
        order.refresh_from_db()
        assert order.hidden_to is not None

    def test_wrong_code_is_refused_beside_its_field(self, platform: Platform) -> None:
        answer = of(platform.moderator).post(
            reverse("portal:take_down"), {"edrpou": "10000002", "names": "", "ground": GROUND}
        )

        assert answer.status_code == 422
        assert "edrpou" in answer.context["form"].errors

    @pytest.mark.parametrize("name", ["takedowns", "take_down", "lift_takedown"])
    def test_only_for_moderators(self, platform: Platform, name: str) -> None:
        order = platform.hide()
        address = reverse(f"portal:{name}", args=[order.pk] if name == "lift_takedown" else [])

        for person in (platform.writer, platform.editor, member("signatory", platform.poltava)):
            answer = of(person).get(address)
            assert answer.status_code == 403
            assert not says(said_by(answer))
        assert of().get(address).status_code == 302
        assert of(platform.moderator).get(address).status_code == 200

    def test_an_old_proof_is_asked_for_again(self, platform: Platform) -> None:
        client = of(platform.moderator)
        session = client.session
        session[PROVED] = (timezone.now() - dt.timedelta(days=1)).isoformat()
        session.save()

        given = {"edrpou": CODE, "names": NAME, "ground": GROUND, "order": "yes"}
        client.post(reverse("portal:take_down"), given)

        assert Takedown.objects.count() == 0

    def test_english(self, platform: Platform) -> None:
        platform.hide()
        with translation.override("en"):
            said = of(platform.moderator).get(reverse("portal:takedowns")).content.decode()

        assert "Enterprises out of sight" in said
