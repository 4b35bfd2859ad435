"""Pages of the context."""

from django.http import HttpRequest, HttpResponse

from pobratym.ui.pages import public


@public
def soon(request: HttpRequest, **_kwargs: object) -> HttpResponse:  # noqa: ARG001
    """Stand in until the page is built."""
    return HttpResponse("soon")


partnerships = soon
propose = soon
answer = soon
party = soon
reply = soon
letter = soon
link = soon
study = soon
leave = soon
confirm = soon
dismiss = soon
response = soon
direction = soon
commitment = soon
change = soon
note = soon
value = soon
done = soon
invite = soon
draft = soon
decision = soon
stage = soon
condition = soon
