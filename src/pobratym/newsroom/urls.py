"""Addresses of the context."""

from django.urls import path

from pobratym.newsroom.views import importing, reading, reviewing, writing

app_name = "newsroom"

urlpatterns = [
    path("", reading.news, name="list"),
    path("feed.<str:form>", reading.feed, name="feed"),
    path("write/", writing.write, name="write"),
    path("write/suggestions/", writing.suggest, name="suggest"),
    path("import/", importing.take_over, name="import"),
    path("review/", reviewing.review, name="review"),
    path("<int:pk>/", reading.item, name="item"),
    path("<int:pk>/calendar.ics", reading.calendar, name="calendar"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/translate/", writing.translate, name="translate"),
    path("<int:pk>/submit/", reviewing.submit, name="submit"),
    path("<int:pk>/return/", reviewing.return_to_draft, name="return"),
    path("<int:pk>/publish/", reviewing.publish, name="publish"),
    path("<int:pk>/withdraw/", reviewing.withdraw, name="withdraw"),
]
