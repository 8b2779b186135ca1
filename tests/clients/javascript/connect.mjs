import { ClientSecretCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import {
  TokenCredentialAuthenticationProvider,
} from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

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
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
    baseUrl: graphmock, // in place of https://graph.microsoft.com
    customHosts: new Set([new URL(graphmock).hostname]), // without it only Microsoft's hosts are sent the token
  });
}
