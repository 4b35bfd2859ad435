"""A paper leads to its partnership, and only those who may see the partnership."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from pobratym.agreements.links import Link, links_of
from pobratym.agreements.models import Agreement
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Partnership
from tests.partnerships.cast import agreed, member, memorandum

pytestmark = pytest.mark.django_db


def test_paper_leads_to_the_partnership_that_its_reader_may_see(
    client: Client, kalush: Body, zaporizhzhia: Body, chernivtsi: Body
) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    address = reverse("portal:partnership", kwargs={"pk": partnership.pk})
    Agreement.objects.filter(pk=paper.pk).update(visibility="public")

    assert links_of(paper, member("reader", kalush)) == [Link("Партнерство: Калуш — Запоріжжя", address)]
    assert links_of(paper, member("reader", chernivtsi)) == []
    assert links_of(paper, AnonymousUser()) == []
    paper_address = reverse("agreements:agreement", kwargs={"pk": paper.pk})
    assert address not in client.get(paper_address).content.decode()

    Partnership.objects.filter(pk=partnership.pk).update(visibility="public")
    assert address in client.get(paper_address).content.decode()
