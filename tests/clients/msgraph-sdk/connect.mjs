import { ClientSecretCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users'; // gives the client its `users` and `me`

export const graphmock = process.env.GRAPHMOCK_URL ?? 'https://localhost:8443';

// Options for any credential of @azure/identity.
export const authority = {
  authorityHost: graphmock, // in place of https://login.microsoftonline.com
  disableInstanceDiscovery: true, // which would ask login.microsoftonline.com whether it knows this host
};

export function connect(
  tenant = process.env.GRAPHMOCK_TENANT ?? 'default',
  credential = new ClientSecretCredential(tenant, 'any-app', 'any-secret', authority),
) {
  const scopes = ['https://graph.microsoft.com/.default'];
  const hosts = new Set([new URL(graphmock).hostname]); // without it only Microsoft's hosts are sent the token
  const adapter = new GraphRequestAdapter(
    new AzureIdentityAuthenticationProvider(credential, scopes, undefined, hosts),
  );
  adapter.baseUrl = `${graphmock}/v1.0`; // in place of https://graph.microsoft.com/v1.0
  return { adapter, graph: createGraphServiceClient(adapter) };
}
