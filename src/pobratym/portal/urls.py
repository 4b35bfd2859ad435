"""Addresses of the composed pages."""

from django.urls import path

from pobratym.portal import views
from pobratym.portal.views import trail

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("takedowns/", views.takedowns, name="takedowns"),
    path("takedowns/new/", views.take_down, name="take_down"),
    path("takedowns/<int:pk>/lift/", views.lift_takedown, name="lift_takedown"),
    path("places/", views.country, name="country"),
    path("places/<str:code>/", views.place, name="place"),
    path("partnerships/<int:pk>/", views.partnership, name="partnership"),
    path("partnerships/<int:pk>/sign/", views.sign, name="sign"),
    path("partnerships/<int:pk>/history/", trail.partnership_history, name="partnership_history"),
    path("partnerships/<int:pk>/record/", trail.partnership_extract, name="partnership_extract"),
    path("partnerships/<int:pk>/seen/", trail.partnership_seen, name="partnership_seen"),
    path("agreements/<int:pk>/history/", trail.agreement_history, name="agreement_history"),
    path("agreements/<int:pk>/record/", trail.agreement_extract, name="agreement_extract"),
    path("agreements/<int:pk>/seen/", trail.agreement_seen, name="agreement_seen"),
    path("bodies/<int:pk>/seen/", trail.body_seen, name="body_seen"),
    path("exports/", trail.exported, name="exports"),
    path("tour/", views.tour, name="tour"),
    path("tour/step/", views.tour_step, name="tour_step"),
    path("tour/stage/", views.tour_stage, name="tour_stage"),
    path("tour/role/", views.tour_role, name="tour_role"),
]
