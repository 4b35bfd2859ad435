"""Addresses of the context."""

from django.urls import path

from pobratym.files import views

app_name = "files"

urlpatterns = [
    path("<int:pk>/", views.file, name="file"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/replace/", views.replace, name="replace"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("to/<str:owner>/", views.add, name="add"),
]
