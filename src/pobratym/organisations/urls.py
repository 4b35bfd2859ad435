"""Addresses of the context."""

from django.urls import path

from pobratym.organisations.views import bodies, holders

app_name = "organisations"

urlpatterns = [
    path("", bodies.bodies, name="bodies"),
    path("abroad/suggest/", bodies.suggest_abroad, name="suggest_abroad"),
    path("enter/", bodies.enter, name="enter"),
    path("enter/abroad/", bodies.enter_abroad, name="enter_abroad"),
    path("<int:pk>/", bodies.body, name="body"),
    path("<int:pk>/change/", bodies.change, name="change"),
    path("<int:pk>/end/", bodies.end, name="end"),
    path("<int:pk>/follow/", bodies.follow, name="follow"),
    path("<int:pk>/offices/enter/", holders.enter, name="enter_holder"),
    path("offices/<int:pk>/change/", holders.change, name="change_holder"),
    path("offices/<int:pk>/end/", holders.end, name="end_holder"),
]
