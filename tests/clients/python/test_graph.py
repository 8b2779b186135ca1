"""What programs do with the Graph SDK, each test in a tenant of its own."""
import json
import logging
import unittest
import urllib.parse

import httpx
from azure.core.credentials import AccessToken
from azure.identity import AuthorizationCodeCredential, DeviceCodeCredential, OnBehalfOfCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.models.event import Event
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.user import User
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.tasks.page_iterator import PageIterator

from connect import SERVER, connect, sign_in
from graphmock import Tenant

# unittest runs the loop in its debug mode, to which the first use of a model is a slow step.
logging.getLogger("asyncio").setLevel(logging.ERROR)

UserQuery = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters
UsersQuery = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters

NORA = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c"
LEO = "f3f5ce7c-276c-4e4f-bb6b-91c4ec07e499"
VPN_USERS = "8bc02100-3812-4b4e-9ce7-7d2ee47442bd"
REGISTRATION_COUNTS = (
    SERVER + "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532"
)


def new_user(name):
    return User(
        account_enabled=True,
        display_name=name.title(),
        mail_nickname=name,
        user_principal_name=f"{name}@contoso.com",
        password_profile=PasswordProfile(password="xWwvJ]6NMw+bWH-d"),
    )


def with_headers(**headers):
    configuration = RequestConfiguration()
    for name, value in headers.items():
        configuration.headers.add(name.replace("_", "-"), value)
    return configuration


class GraphTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        test = self._testMethodName.removeprefix("test_").replace("_", "-")
        self.tenant = Tenant(f"python-{test}")
        self.addCleanup(self.tenant.drop)
        self.graph = connect(sign_in(self.tenant.name))


class Reading(GraphTest):
    async def test_client_credentials(self):
        [organization] = (await self.graph.organization.get()).value

        self.assertEqual(organization.display_name, "Contoso")

    async def test_pages(self):
        first_page = await self.graph.users.get(RequestConfiguration(query_parameters=UsersQuery(top=5)))
        seen = []

        def see(user):
            seen.append(user.user_principal_name)
            return True

        await PageIterator(first_page, self.graph.request_adapter).iterate(see)

        self.assertEqual(len(seen), 25)
        self.assertEqual(len(set(seen)), 25)
        self.assertEqual(self.tenant.count("GET", "/users"), 5)

    async def test_filter_and_select(self):
        query = UsersQuery(filter="startswith(displayName,'N')", select=["displayName", "mail"])

        [nora] = (await self.graph.users.get(RequestConfiguration(query_parameters=query))).value

        self.assertEqual(nora.display_name, "Nora Lindqvist")
        self.assertEqual(nora.mail, "nora.lindqvist@contoso.com")
        self.assertIsNone(nora.id)


class Writing(GraphTest):
    async def test_create(self):
        created = await self.graph.users.post(new_user("una"))

        self.assertTrue(created.id)
        read = await self.graph.users.by_user_id(created.id).get()
        self.assertEqual(read.display_name, "Una")
        self.assertEqual(read.user_principal_name, "una@contoso.com")

    async def test_update_answered_without_content(self):
        nora = self.graph.users.by_user_id(NORA)

        self.assertIsNone(await nora.patch(User(job_title="Head of Launches")))

        self.assertEqual((await nora.get()).job_title, "Head of Launches")

    async def test_update_answered_with_the_entity(self):
        events = self.graph.users.by_user_id(NORA).events
        event = (await events.get()).value[0]

        updated = await events.by_event_id(event.id).patch(Event(subject="Moved to Friday"))

        self.assertEqual(updated.id, event.id)
        self.assertEqual(updated.subject, "Moved to Friday")
        self.assertEqual(updated.start.date_time, event.start.date_time)

    async def test_etag_conflict(self):
        events = self.graph.users.by_user_id(NORA).events
        event = events.by_event_id((await events.get()).value[0].id)

        def etag_of(event):
            return event.additional_data["@odata.etag"]

        stale = etag_of(await event.get())
        current = etag_of(await event.patch(Event(subject="Changed by somebody else")))

        with self.assertRaises(ODataError) as refused:
            await event.patch(Event(subject="Moved to Friday"), with_headers(If_Match=stale))

        self.assertEqual(refused.exception.response_status_code, 412)
        self.assertEqual(refused.exception.error.code, "ErrorIrresolvableConflict")
        self.assertEqual((await event.get()).subject, "Changed by somebody else")
        await event.patch(Event(subject="Moved to Friday"), with_headers(If_Match=current))
        self.assertEqual((await event.get()).subject, "Moved to Friday")

    async def test_group_members(self):
        members = self.graph.groups.by_group_id(VPN_USERS).members

        async def ids():
            return {member.id for member in (await members.get()).value}

        self.assertNotIn(LEO, await ids())
        await members.ref.post(
            ReferenceCreate(odata_id=f"https://graph.microsoft.com/v1.0/directoryObjects/{LEO}")
        )
        self.assertIn(LEO, await ids())
        await members.by_directory_object_id(LEO).ref.delete()
        self.assertNotIn(LEO, await ids())

    async def test_photo(self):
        photo = self.graph.users.by_user_id(NORA).photo.content
        picture = b"\xff\xd8\xff\xe0" + bytes(range(256)) + b"\xff\xd9"

        await photo.put(picture, with_headers(Content_Type="image/jpeg"))

        self.assertEqual(await photo.get(), picture)

    async def test_report_of_the_beta_version(self):
        """The SDK has no models for it: its adapter sends what one writes oneself."""
        adapter = self.graph.request_adapter
        errors = {"XXX": ODataError}
        counts = {
            "@odata.type": "#microsoft.graph.credentialUserRegistrationCount",
            "totalUserCount": 14,
            "userRegistrationCounts": [
                {
                    "@odata.type": "microsoft.graph.userRegistrationCount",
                    "registrationStatus": "String",
                    "registrationCount": 1,
                }
            ],
        }
        update = RequestInformation(Method.PATCH, REGISTRATION_COUNTS)
        update.set_stream_content(json.dumps(counts).encode(), "application/json")
        read = RequestInformation(Method.GET, REGISTRATION_COUNTS)

        updated = json.loads(await adapter.send_primitive_async(update, "bytes", errors))

        self.assertEqual(updated, updated | counts)
        self.assertEqual(updated["id"], "32a539a1-39a1-32a5-a139-a532a139a532")
        stored = json.loads(await adapter.send_primitive_async(read, "bytes", errors))
        self.assertEqual(stored["totalUserCount"], 14)


class SigningInAUser(GraphTest):
    """Graph answers /me only for a user. None of these asks for a browser: graphmock asks nobody."""

    ENTRA = {"authority": SERVER, "disable_instance_discovery": True}

    async def assert_nora(self, credential):
        me = await connect(credential).me.get()
        self.assertEqual(me.id, NORA)
        self.assertEqual(me.user_principal_name, "nora.lindqvist@contoso.com")

    async def test_device_code(self):
        codes = []

        await self.assert_nora(
            DeviceCodeCredential(
                client_id="my-app",
                tenant_id=self.tenant.name,
                prompt_callback=lambda uri, code, expires: codes.append(code),
                **self.ENTRA,
            )
        )

        self.assertEqual(len(codes), 1)

    async def test_authorization_code(self):
        application = {"client_id": "my-app", "redirect_uri": "http://localhost/signed-in"}
        query = {"response_type": "code", "scope": "User.Read", "login_hint": "nora.lindqvist@contoso.com"}
        redirect = httpx.get(
            f"{SERVER}/{self.tenant.name}/oauth2/v2.0/authorize", params={**application, **query}
        ).headers["Location"]
        [code] = urllib.parse.parse_qs(urllib.parse.urlsplit(redirect).query)["code"]

        await self.assert_nora(
            AuthorizationCodeCredential(
                self.tenant.name,
                authorization_code=code,
                client_secret="any",
                **application,
                **self.ENTRA,
            )
        )

    async def test_on_behalf_of(self):
        shown_to_the_service = self.tenant.token(user="nora.lindqvist@contoso.com", audience="my-service")

        await self.assert_nora(
            OnBehalfOfCredential(
                self.tenant.name,
                "my-service",
                client_secret="any",
                user_assertion=shown_to_the_service,
                **self.ENTRA,
            )
        )

    async def test_application_has_no_me(self):
        with self.assertRaises(ODataError) as refused:
            await self.graph.me.get()

        self.assertEqual(refused.exception.response_status_code, 400)


class GivenToken:
    """A credential that has a token already."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **options):
        return AccessToken(self.token, expires_on=2**31)


class Refused(GraphTest):
    async def assert_refused(self, token):
        with self.assertRaises(ODataError) as refused:
            await connect(GivenToken(token)).users.get()
        self.assertEqual(refused.exception.response_status_code, 401)
        self.assertEqual(refused.exception.error.code, "InvalidAuthenticationToken")

    async def test_token_for_somebody_else(self):
        await self.assert_refused(self.tenant.token(audience="https://management.azure.com"))

    async def test_expired_token(self):
        await self.assert_refused(self.tenant.token(lifetimeSeconds=-60))

    async def test_good_token(self):
        """What tells the tests above from ones that are refused for any other reason."""
        users = await connect(GivenToken(self.tenant.token())).users.get()

        self.assertEqual(len(users.value), 25)


class Failures(GraphTest):
    """What the SDK does by itself when a scenario gets in its way."""

    async def users_named(self, name):
        query = UsersQuery(filter=f"displayName eq '{name.title()}'")
        return (await self.graph.users.get(RequestConfiguration(query_parameters=query))).value

    async def test_throttling_is_survived(self):
        self.tenant.activate("throttling-with-retry-after")

        users = await self.graph.users.get()

        self.assertEqual(len(users.value), 25)
        self.assertEqual(self.tenant.count("GET", "/users"), 3)

    async def test_lost_reply_is_reported(self):
        """The user has been made, but the SDK cannot know, and leaves it to its caller."""
        self.tenant.activate("lost-reply")

        with self.assertRaises(httpx.RemoteProtocolError):
            await self.graph.users.post(new_user("una"))

        self.assertEqual(self.tenant.count("POST", "/users"), 1)
        self.assertEqual(len(await self.users_named("una")), 1)

    async def test_reset_of_the_connection_is_reported(self):
        """To the SDK it is the same, but nothing has been made; asking again does."""
        self.tenant.activate("connection-reset-on-write")

        with self.assertRaises(httpx.ReadError):
            await self.graph.users.post(new_user("una"))

        self.assertEqual(await self.users_named("una"), [])
        await self.graph.users.post(new_user("una"))
        self.assertEqual(len(await self.users_named("una")), 1)
        self.assertEqual(self.tenant.count("POST", "/users"), 2)


class BatchItem(BatchRequestItem):
    """Graph wants addresses relative to the version, and the name dependsOn.

    The SDK writes whole addresses and depends_on (msgraph-sdk-python-core issue 1116, pull request 996).
    """

    def __init__(self, request_information, **options):
        super().__init__(request_information, **options)
        self.url = self.url.removeprefix(f"{SERVER}/v1.0")

    def serialize(self, writer):
        super().serialize(writer)
        writer.write_collection_of_primitive_values("dependsOn", self.depends_on)


class Batches(GraphTest):
    async def send(self, *items):
        content = BatchRequestContent()
        for item in items:
            content.add_request(item.id, item)
        return (await self.graph.batch.post(content)).get_response_status_codes()

    def read(self, user, **options):
        return BatchItem(self.graph.users.by_user_id(user).to_get_request_information(), **options)

    def retitle(self, user, title, **options):
        request = self.graph.users.by_user_id(user).to_patch_request_information(User(job_title=title))
        return BatchItem(request, **options)

    async def test_independent_requests(self):
        statuses = await self.send(
            self.read(NORA, id="nora"), self.read("nobody@contoso.com", id="nobody"), self.read(LEO, id="leo")
        )

        self.assertEqual(statuses, {"nora": 200, "nobody": 404, "leo": 200})

    async def test_requests_in_sequence(self):
        create = BatchItem(self.graph.users.to_post_request_information(new_user("una")), id="create")
        update = self.retitle("una@contoso.com", "Buyer", id="update", depends_on=[create])
        nobody = self.read("nobody@contoso.com", id="nobody", depends_on=[update])
        in_vain = self.retitle("una@contoso.com", "Clerk", id="in vain", depends_on=[nobody])

        statuses = await self.send(create, update, nobody, in_vain)

        self.assertEqual(statuses, {"create": 201, "update": 204, "nobody": 404, "in vain": 424})
        query = RequestConfiguration(query_parameters=UserQuery(select=["jobTitle"]))
        una = await self.graph.users.by_user_id("una@contoso.com").get(query)
        self.assertEqual(una.job_title, "Buyer")
