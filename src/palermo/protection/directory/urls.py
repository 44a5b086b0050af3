"""Where the directory's exchange stands: the same in every language."""

from django.urls import URLPattern, URLResolver, path
from ninja.openapi.schema import OpenAPISchema

from palermo.foundation.api import API, WithoutBlanks, in_json
from palermo.protection.directory.api import router
from palermo.protection.directory.schemas import components
from palermo.protection.directory.views import profile


class DirectoryAPI(API):
    """An API whose description holds the schemas of the standard and its profile."""

    def get_openapi_schema(  # noqa: D102 - as the library says
        self, *, path_prefix: str | None = None, path_params: dict[str, str] | None = None
    ) -> OpenAPISchema:
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        found["components"]["schemas"].update(components())
        return found


api = DirectoryAPI(
    title="Palermo: help for people who were trafficked",
    version="3.1",
    description=(
        "Services for people who were trafficked, by the Human Services Data Specification 3.1 of Open Referral and "
        "its Canadian profile. Read-only and public. Lists come in pages of at most 200 items, or as NDJSON all at "
        "once. Of confidential places only the area is told."
    ),
    parser=WithoutBlanks(),
    urls_namespace="hsds",
    docs_url=None,
)
api.add_router("", router)

without_language: list[URLPattern | URLResolver] = [
    # Nothing else leads on to the address with the slash: the API answers for all below it.
    path("api/hsds/profile", in_json(profile.profile), name="hsds_profile_without_slash"),
    path("api/hsds/profile/", in_json(profile.profile), name="hsds_profile"),
    path("api/hsds/profile/<slug:kind>.json", in_json(profile.profile_patch), name="hsds_profile_patch"),
    path("api/hsds/", api.urls),
]
