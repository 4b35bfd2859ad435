"""Addresses of the context."""

from django.urls import path

from pobratym.agreements import views

app_name = "agreements"

urlpatterns = [
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/docx/", views.docx, name="docx"),
    path("<int:pk>/agree/", views.agree, name="agree"),
    path("<int:pk>/revise/", views.revise, name="revise"),
]
