"""Addresses of the composed pages."""

from django.urls import path

from pobratym.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("places/", views.country, name="country"),
    path("places/<str:code>/", views.place, name="place"),
    path("partnerships/<int:pk>/", views.partnership, name="partnership"),
    path("partnerships/<int:pk>/sign/", views.sign, name="sign"),
    path("tour/", views.tour, name="tour"),
    path("tour/step/", views.tour_step, name="tour_step"),
    path("tour/stage/", views.tour_stage, name="tour_stage"),
    path("tour/role/", views.tour_role, name="tour_role"),
]
