"""The Graph SDK's client, for graphmock in place of Microsoft Graph."""
import os

from azure.identity import ClientSecretCredential
from msgraph import GraphServiceClient

SERVER = os.environ.get("GRAPHMOCK_URL", "https://localhost:8443")
TENANT = os.environ.get("GRAPHMOCK_TENANT", "default")


def sign_in(tenant=TENANT):
    return ClientSecretCredential(
        tenant_id=tenant,
        client_id="my-app",
        client_secret="any",
        authority=SERVER,  # the default is login.microsoftonline.com
        disable_instance_discovery=True,  # or login.microsoftonline.com is asked about it
    )


def connect(credential):
    client = GraphServiceClient(credential, ["https://graph.microsoft.com/.default"])
    client.request_adapter.base_url = f"{SERVER}/v1.0"  # the default is graph.microsoft.com
    return client
