// Sign-in with plain @azure/msal-node; the tokens are used without an SDK.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';

import { graphmock } from './connect.mjs';
import { Tenant } from './tenant.mjs';

const application = (tenant) =>
  new ConfidentialClientApplication({
    auth: {
      clientId: 'any-app',
      clientSecret: 'any-secret',
      authority: `${graphmock}/${tenant.name}`, // in place of https://login.microsoftonline.com
      knownAuthorities: [new URL(graphmock).host], // without it MSAL asks login.microsoftonline.com about it
    },
  });

const get = async (path, token) => {
  const answer = await fetch(graphmock + path, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  return answer.json();
};

test('an application signs in, once', async (t) => {
  const tenant = Tenant.for(t, 'msal-node-application');
  const app = application(tenant);
  const scopes = ['https://graph.microsoft.com/.default'];

  const first = await app.acquireTokenByClientCredential({ scopes });
  const second = await app.acquireTokenByClientCredential({ scopes });

  assert.equal((await get('/v1.0/users', first.accessToken)).value.length, 25);
  assert.deepEqual([first.fromCache, second.fromCache], [false, true]);
  assert.equal(second.accessToken, first.accessToken);
});

test('a user signs in with an authorization code, and stays signed in', async (t) => {
  const tenant = Tenant.for(t, 'msal-node-user');
  const app = application(tenant);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const asked = { scopes: ['User.Read'], redirectUri: 'http://localhost:3000/signed-in' };

  const page = await app.getAuthCodeUrl({
    ...asked,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    state: 'the page before',
    loginHint: 'ben.carver@contoso.com',
  });
  // The browser's part: graphmock shows no page, it sends the user back at once.
  const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('Location'));
  assert.equal(back.searchParams.get('state'), 'the page before');
  const signedIn = await app.acquireTokenByCode({
    ...asked,
    code: back.searchParams.get('code'),
    codeVerifier: verifier,
  });

  assert.equal(signedIn.account.username, 'ben.carver@contoso.com');
  assert.equal(signedIn.account.tenantId, tenant.name);
  assert.equal((await get('/v1.0/me', signedIn.accessToken)).displayName, 'Ben Carver');
  const renewed = await app.acquireTokenSilent({ ...asked, account: signedIn.account, forceRefresh: true });
  assert.equal(renewed.fromCache, false);
  assert.equal((await get('/v1.0/me', renewed.accessToken)).displayName, 'Ben Carver');
});
