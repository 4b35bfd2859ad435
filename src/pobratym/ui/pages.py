"""How a view answers: who may open it, what a refusal looks like, where success leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from pobratym.vocabulary.refusals import Refusal

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


# Called with the request and the object that a view found for a reader who may open it.
watchers: list[Callable[[HttpRequest, Model], None]] = []


class PageRequest(HttpRequest):
    """A request as our views see it."""

    htmx: HtmxDetails


def public(view: View) -> View:
    """Mark a view that anyone may open; what it shows is filtered by visibility in its queries."""
    view.access = "public"  # type: ignore[attr-defined]  # read by the walk over all addresses
    return view


def signed_in(view: View) -> View:
    """Only people with an account; others are asked to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return guarded


def permitted(
    permission: str,
    find: Callable[[Any], QuerySet[Any]] | None = None,
    *,
    by: str = "pk",
) -> Callable[[View], View]:
    """Give the view the object that `find(user)` shows under the address's `by`, if the user has the permission.

    Not visible answers 404; visible but not permitted answers 403, or leads a stranger to sign in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            found = None
            arguments: tuple[Any, ...] = ()
            if find is not None:
                found = get_object_or_404(find(request.user), **{by: kwargs.pop(by)})
                arguments = (found,)
            if not request.user.has_perm(permission, found):
                if request.user.is_authenticated:
                    raise PermissionDenied
                return ask_to_sign_in(request)
            for found_one in arguments:
                for watch in watchers:
                    watch(request, found_one)
            return view(request, *arguments, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and back; an htmx request is led as a whole page."""
    answer = redirect_to_login(request.get_full_path())
    if cast("PageRequest", request).htmx:
        return HttpResponseClientRedirect(answer.url)
    return answer


def go_to(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Redirect after success, for a browser and for htmx alike."""
    address = resolve_url(to, *args, **kwargs)
    if cast("PageRequest", request).htmx:
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def refuse(form: BaseForm, refusal: Refusal) -> None:
    """Show the refusal at its field, or above the form; the page then answers the refusal's status."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    form.refused_with = refusal.status  # type: ignore[attr-defined]


def page(request: HttpRequest, template: str, context: dict[str, Any], *, form: BaseForm | None = None) -> HttpResponse:
    """Render a page; a form that was refused answers 4xx, by default 422."""
    status = 200
    if form is not None:
        context = {"form": form, **context}
        if form.is_bound and form.errors:
            status = getattr(form, "refused_with", 422)
    return render(request, template, context, status=status)


def carry_out(
    request: HttpRequest,
    form: BaseForm,
    operation: Callable[[], Any],
    then: Callable[[Any], HttpResponse],
    *,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form; do the operation when it is handed in right, or show its refusal beside it."""
    if form.is_valid():
        try:
            done = operation()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return then(done)
    return page(request, template, context, form=form)
