"""Pages that show several contexts."""

from pobratym.portal.views.desk import desk
from pobratym.portal.views.home import home, search
from pobratym.portal.views.partnerships import partnership, sign
from pobratym.portal.views.places import country, place
from pobratym.portal.views.takedown import lift_takedown, take_down, takedowns
from pobratym.portal.views.tour import tour, tour_role, tour_stage, tour_step

__all__ = [
    "country",
    "desk",
    "home",
    "lift_takedown",
    "partnership",
    "place",
    "search",
    "sign",
    "take_down",
    "takedowns",
    "tour",
    "tour_role",
    "tour_stage",
    "tour_step",
]
