"""Pages travel compressed, whatever stands in front of the web server; static files are compressed beforehand."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Only HTML: exports and files are streamed or compressed already.

    Against guessing a secret by the length of a compressed page (BREACH): the one secret of our pages, the CSRF token,
    is masked anew in each of them, the session's cookie is not sent from other sites, and random bytes are added.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
