"""The field for a place and the suggestions under it, with and without JavaScript."""

import pytest
from django import forms
from django.urls import reverse

from pobratym.territory.choices import Kind
from pobratym.territory.forms import PlaceField
from pobratym.territory.models import Unit

pytestmark = pytest.mark.django_db

KALUSH = "UA26060170000091466"


class Ask(forms.Form):
    place = PlaceField(label="Громада")
    note = forms.CharField(required=False)


@pytest.mark.parametrize("text", [KALUSH, KALUSH.lower(), "Калуш", "калуська міська громада", "Kalush"])
def test_code_or_name_gives_the_unit(text):
    form = Ask({"place": text})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"].pk == KALUSH


def test_special_city_is_a_community():
    form = Ask({"place": "Київ"})

    assert form.is_valid()
    assert form.cleaned_data["place"].kind == Kind.SPECIAL_CITY


def test_ambiguous_name_offers_candidates_that_can_be_picked():
    form = Ask({"place": "Миколаївська"})

    assert form.errors["place"] == ["Назву «Миколаївська» мають кілька місць: виберіть потрібне."]
    page = str(form["place"])
    assert page.count('type="radio"') == 9
    assert "міська громада · Стрийський район, Львівська область" in page

    picked = Ask({"place": "Миколаївська", "place-choice": "UA46100110000018989"})

    assert picked.is_valid()
    assert picked.cleaned_data["place"].raion.name == "Стрийський"


def test_similar_names_are_offered():
    form = Ask({"place": "Калу"})

    assert "точною назвою" in form.errors["place"][0]
    assert KALUSH in str(form["place"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Введіть назву місця або його код КАТОТТГ."),
        ("PL1465011", "«PL1465011» — не код КАТОТТГ: має бути UA і 17 цифр."),
        ("2611000000", "Це код старого класифікатора КОАТУУ. Укажіть код КАТОТТГ: UA і 17 цифр."),
        ("UA26060170000091467", "Коду UA26060170000091467 немає в Кодифікаторі. Перевірте цифри або введіть назву."),
        ("Ліппштадт", "Місця з назвою «Ліппштадт» немає. Перевірте написання або вкажіть код КАТОТТГ."),
    ],
)
def test_what_is_no_place_is_refused_with_what_to_do(text, sentence):
    form = Ask({"place": text})

    assert form.errors["place"] == [sentence]
    assert 'type="radio"' not in str(form["place"])


def test_code_of_another_kind_offers_what_fits():
    city = Unit.objects.get(pk=KALUSH).centre
    form = Ask({"place": city.pk})

    assert "Калуш, місто" in form.errors["place"][0]
    assert f'value="{KALUSH}"' in str(form["place"])


def test_script_in_the_name_stays_text():
    form = Ask({"place": "<script>alert(1)</script>"})

    assert not form.is_valid()
    assert "<script>" not in form.as_p()


def test_field_shows_a_chosen_unit_by_a_text_that_finds_it_again():
    kalush = Unit.objects.with_parents().get(pk=KALUSH)
    repeated = Unit.objects.with_parents().get(pk="UA46100110000018989")

    assert 'value="Калуська територіальна громада"' in str(Ask(initial={"place": kalush})["place"])
    assert f'value="{repeated.pk}"' in str(Ask(initial={"place": repeated})["place"])
    assert "Стрийський район" in str(Ask(initial={"place": repeated})["place"])


def test_picked_unit_survives_a_refusal_of_another_field():
    form = Ask({"place": "Калу", "place-choice": KALUSH})

    assert 'value="Калуська територіальна громада"' in str(form["place"])


def test_unchanged_place_is_no_change():
    kalush = Unit.objects.get(pk=KALUSH)

    assert not Ask({"place": KALUSH}, initial={"place": kalush}).has_changed()
    assert Ask({"place": "UA23060070000082704"}, initial={"place": kalush}).has_changed()


def test_candidates_of_one_form_do_not_reach_another():
    str(Ask({"place": "Миколаївська"}).errors)

    assert 'type="radio"' not in str(Ask()["place"])


def test_optional_field_may_stay_empty():
    class Optional(forms.Form):
        place = PlaceField(required=False, kinds=[Kind.OBLAST])

    form = Optional({})

    assert form.is_valid()
    assert form.cleaned_data["place"] is None


def test_suggestions_are_a_fragment_of_at_most_ten(client, django_assert_num_queries):
    # One for the places, three for the meter of suggestions.
    with django_assert_num_queries(4):
        answer = client.get(reverse("territory:suggest"), {"field": "party", "kinds": "hromada", "party": "Микола"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 0 < page.count('name="party-choice"') <= 10
    assert "<html" not in page
    assert "max-age=3600" in answer["Cache-Control"]


def test_suggestions_speak_the_language_of_the_page(client):
    address = f"/en{reverse('territory:suggest')}"
    page = client.get(address, {"field": "party", "kinds": "hromada", "party": "Калуш"}).content.decode()

    assert "Kalush territorial community" in page
    assert "urban hromada · Kalush raion, Ivano-Frankivsk oblast" in page


@pytest.mark.parametrize(("typed", "sentence"), [("небуваль", "Нічого не знайдено"), ("к", ""), ("", "")])
def test_nothing_found_says_so_only_if_something_was_asked(client, typed, sentence):
    page = client.get(reverse("territory:suggest"), {"field": "p", "p": typed}).content.decode()

    assert 'type="radio"' not in page
    assert page.strip() == "" if not sentence else sentence in page


@pytest.mark.parametrize("query", [{}, {"field": '"><b>'}, {"field": "p", "kinds": "planet"}])
def test_suggestions_refuse_what_no_picker_asks(client, query):
    assert client.get(reverse("territory:suggest"), query).status_code == 400


def test_suggestions_are_only_read(client):
    assert client.post(reverse("territory:suggest")).status_code == 405
