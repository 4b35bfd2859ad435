"""Addresses of the context."""

from django.urls import path

from pobratym.outbox import views

app_name = "outbox"

urlpatterns = [
    path("", views.mails, name="mails"),
    path("<int:pk>/again/", views.try_again, name="try_again"),
]
