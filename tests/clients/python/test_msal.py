"""What MSAL makes of graphmock's token service, without a Graph SDK on top."""
import unittest
import urllib.parse

import msal
import requests

from connect import SERVER
from graphmock import Tenant


class Msal(unittest.TestCase):
    def setUp(self):
        test = self._testMethodName.removeprefix("test_").replace("_", "-")
        self.tenant = Tenant(f"python-msal-{test}")
        self.addCleanup(self.tenant.drop)
        self.app = msal.ConfidentialClientApplication(
            "my-app",
            client_credential="any",
            authority=f"{SERVER}/{self.tenant.name}",
            instance_discovery=False,
        )

    def get(self, path, token):
        return requests.get(
            f"{SERVER}/v1.0/{path}", headers={"Authorization": f"Bearer {token['access_token']}"}
        )

    def test_client_credentials(self):
        scopes = ["https://graph.microsoft.com/.default"]

        token = self.app.acquire_token_for_client(scopes)

        self.assertEqual(token["token_source"], "identity_provider")
        self.assertEqual(len(self.get("users", token).json()["value"]), 25)
        self.assertEqual(self.app.acquire_token_for_client(scopes)["token_source"], "cache")

    def test_authorization_code_with_pkce_then_refresh(self):
        flow = self.app.initiate_auth_code_flow(
            ["User.Read"],
            redirect_uri="http://localhost/signed-in",
            login_hint="nora.lindqvist@contoso.com",
        )
        redirect = requests.get(flow["auth_uri"], allow_redirects=False).headers["Location"]
        answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(redirect).query))

        token = self.app.acquire_token_by_auth_code_flow(flow, answer)  # checks the ID token, too

        self.assertEqual(token["id_token_claims"]["preferred_username"], "nora.lindqvist@contoso.com")
        self.assertEqual(self.get("me", token).json()["displayName"], "Nora Lindqvist")
        [account] = self.app.get_accounts()
        refreshed = self.app.acquire_token_silent(["User.Read"], account, force_refresh=True)
        self.assertEqual(refreshed["token_source"], "identity_provider")
        self.assertEqual(self.get("me", refreshed).status_code, 200)
