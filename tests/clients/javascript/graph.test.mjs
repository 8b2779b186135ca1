// Microsoft's Graph client for JavaScript with the credentials of @azure/identity.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ClientSecretCredential, OnBehalfOfCredential, UsernamePasswordCredential } from '@azure/identity';
import {
  BatchRequestContent,
  BatchResponseContent,
  GraphError,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';

import { authority, connect } from './connect.mjs';
import { Tenant } from './tenant.mjs';

const nora = '151256d4-9bf8-4cfe-9ad3-56ac31a05a2c';
const ben = 'df0e7944-3fb2-4b87-8535-5228187ffd40';
const vpnUsers = '8bc02100-3812-4b4e-9ce7-7d2ee47442bd';

const newUser = (name) => ({
  displayName: name,
  mailNickname: name.toLowerCase(),
  userPrincipalName: `${name.toLowerCase()}@contoso.com`,
  accountEnabled: true,
  passwordProfile: { password: 'Correct-horse-7', forceChangePasswordNextSignIn: false },
});

const usersNamed = async (graph, name) =>
  (await graph.api('/users').filter(`displayName eq '${name}'`).select('id,displayName').get()).value;

// What the SDK throws for an answer of the service.
const graphError = (statusCode, code) => (error) => {
  assert.ok(error instanceof GraphError, String(error));
  assert.deepEqual([error.statusCode, error.code], [statusCode, code]);
  return true;
};

// What the SDK throws when there was no answer: it has no status.
const noAnswer = (error) => {
  assert.ok(error instanceof GraphError, String(error));
  assert.deepEqual([error.statusCode, error.code, error.message], [-1, 'TypeError', 'fetch failed']);
  return true;
};

test('an application signs in with its secret', async (t) => {
  const tenant = Tenant.for(t, 'javascript-sign-in');
  const credential = new ClientSecretCredential(tenant.name, 'any-app', 'any-secret', authority);

  const { token, expiresOnTimestamp } = await credential.getToken('https://graph.microsoft.com/.default');

  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  assert.deepEqual([claims.tid, claims.appid, claims.idtyp], [tenant.name, 'any-app', 'app']);
  assert.ok(expiresOnTimestamp > Date.now());
  const organization = await connect(tenant.name, credential).api('/organization').get();
  assert.equal(organization.value[0].displayName, 'Contoso');
});

test('a page iterator meets every user once', async (t) => {
  const tenant = Tenant.for(t, 'javascript-pages');
  const graph = connect(tenant.name);

  const firstPage = await graph.api('/users').top(5).get();
  assert.equal(firstPage.value.length, 5);
  const met = [];
  const pages = new PageIterator(graph, firstPage, (user) => {
    met.push(user.id);
    return true;
  });
  await pages.iterate();

  assert.ok(pages.isComplete());
  assert.equal(met.length, 25);
  assert.equal(new Set(met).size, 25);
  assert.equal(await tenant.count({ method: 'GET', path: '/users' }), 5);
});

test('users are filtered, and show what was selected', async (t) => {
  const tenant = Tenant.for(t, 'javascript-filter');

  const found = await connect(tenant.name)
    .api('/users')
    .filter("startswith(displayName,'N')")
    .select(['displayName', 'mail'])
    .get();

  assert.deepEqual(found.value, [{ displayName: 'Nora Lindqvist', mail: 'nora.lindqvist@contoso.com' }]);
});

test('a user is created and read back', async (t) => {
  const tenant = Tenant.for(t, 'javascript-create');
  const graph = connect(tenant.name);

  const created = await graph.api('/users').post(newUser('Una'));
  const read = await graph.api(`/users/${created.id}`).get();

  assert.equal(read.id, created.id);
  assert.equal(read.displayName, 'Una');
  assert.equal(read.userPrincipalName, 'una@contoso.com');
});

test('the update of a user is answered with nothing, that of an event with the event', async (t) => {
  const tenant = Tenant.for(t, 'javascript-update');
  const graph = connect(tenant.name);

  assert.equal(await graph.api(`/users/${nora}`).patch({ jobTitle: 'Head of Product' }), undefined);
  assert.equal((await graph.api(`/users/${nora}`).select('jobTitle').get()).jobTitle, 'Head of Product');

  const [event] = (await graph.api(`/users/${nora}/events`).top(1).get()).value;
  const updated = await graph.api(`/users/${nora}/events/${event.id}`).patch({ subject: 'Moved' });
  assert.equal(updated.id, event.id);
  assert.equal(updated.subject, 'Moved');
  assert.deepEqual(updated.start, event.start);
});

test('an update with an outdated ETag is refused', async (t) => {
  const tenant = Tenant.for(t, 'javascript-etag');
  const graph = connect(tenant.name);
  const [event] = (await graph.api(`/users/${nora}/events`).top(1).get()).value;
  const eventWith = (etag) => graph.api(`/users/${nora}/events/${event.id}`).header('If-Match', etag);

  const updated = await eventWith(event['@odata.etag']).patch({ subject: 'First' });
  assert.notEqual(updated['@odata.etag'], event['@odata.etag']);

  await assert.rejects(
    eventWith(event['@odata.etag']).patch({ subject: 'Second' }),
    graphError(412, 'ErrorIrresolvableConflict'),
  );
  assert.equal((await eventWith(updated['@odata.etag']).patch({ subject: 'Third' })).subject, 'Third');
});

test('a member joins a group and leaves it', async (t) => {
  const tenant = Tenant.for(t, 'javascript-members');
  const graph = connect(tenant.name);
  const members = async () =>
    (await graph.api(`/groups/${vpnUsers}/members`).select('id').get()).value.map((member) => member.id);
  const before = await members();
  assert.ok(!before.includes(ben));

  await graph
    .api(`/groups/${vpnUsers}/members/$ref`)
    .post({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ben}` });
  assert.deepEqual((await members()).sort(), [...before, ben].sort());

  await graph.api(`/groups/${vpnUsers}/members/${ben}/$ref`).delete();
  assert.deepEqual((await members()).sort(), before.sort());
});

test('a photo is downloaded as it was uploaded', async (t) => {
  const tenant = Tenant.for(t, 'javascript-photo');
  const photo = connect(tenant.name).api(`/users/${nora}/photo/$value`);
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => index % 256));

  await photo.header('Content-Type', 'image/jpeg').put(bytes);

  const read = await photo.responseType(ResponseType.ARRAYBUFFER).get();
  assert.deepEqual(Buffer.from(read), bytes);
});

test('/me is who signed in with a password', async (t) => {
  const tenant = Tenant.for(t, 'javascript-me');
  const credential = new UsernamePasswordCredential(
    tenant.name,
    'any-app',
    'nora.lindqvist@contoso.com',
    'any-password',
    authority,
  );

  const me = await connect(tenant.name, credential).api('/me').get();

  assert.deepEqual([me.id, me.displayName], [nora, 'Nora Lindqvist']);
});

test('/me is on whose behalf a service calls', async (t) => {
  const tenant = Tenant.for(t, 'javascript-on-behalf');
  // A web API does not sign anybody in: it is called with a token that is meant for itself.
  const caller = await tenant.credentialOf({ user: 'ben.carver@contoso.com', audience: 'api://any-service' });
  const credential = new OnBehalfOfCredential({
    tenantId: tenant.name,
    clientId: 'any-service',
    clientSecret: 'any-secret',
    userAssertionToken: (await caller.getToken()).token,
    ...authority,
  });

  assert.equal((await connect(tenant.name, credential).api('/me').get()).id, ben);
});

test('a batch has an answer to each of its requests', async (t) => {
  const tenant = Tenant.for(t, 'javascript-batch');
  const graph = connect(tenant.name);
  // Node's Request wants a whole address; the SDK sends what follows the host.
  const request = (url, options) => new Request(`https://graph.microsoft.com${url}`, options);
  const update = request(`/users/${nora}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jobTitle: 'Head of Product' }),
  });
  const batch = new BatchRequestContent([
    { id: 'update', request: update },
    { id: 'read', request: request(`/users/${nora}?$select=jobTitle`), dependsOn: ['update'] },
    { id: 'missing', request: request('/users/nobody@contoso.com'), dependsOn: ['update'] },
  ]);

  const answers = new BatchResponseContent(await graph.api('/$batch').post(await batch.getContent()));

  assert.equal(answers.getResponses().size, 3);
  assert.equal(answers.getResponseById('update').status, 204);
  const read = answers.getResponseById('read');
  assert.equal(read.status, 200);
  assert.equal((await read.json()).jobTitle, 'Head of Product');
  const missing = answers.getResponseById('missing');
  assert.equal(missing.status, 404);
  assert.equal((await missing.json()).error.code, 'Request_ResourceNotFound');
});

test('what depends on a failed request of a batch fails with it', async (t) => {
  const tenant = Tenant.for(t, 'javascript-batch-failed');
  const graph = connect(tenant.name);
  const request = (url, method) => new Request(`https://graph.microsoft.com${url}`, { method });
  const batch = new BatchRequestContent([
    { id: 'missing', request: request('/users/nobody@contoso.com', 'GET') },
    { id: 'delete', request: request(`/users/${ben}`, 'DELETE'), dependsOn: ['missing'] },
  ]);

  const answers = new BatchResponseContent(await graph.api('/$batch').post(await batch.getContent()));

  assert.equal(answers.getResponseById('missing').status, 404);
  assert.equal(answers.getResponseById('delete').status, 424);
  assert.equal((await graph.api(`/users/${ben}`).get()).id, ben);
});

test('the SDK repeats what was throttled', async (t) => {
  const tenant = Tenant.for(t, 'javascript-throttled');
  const graph = connect(tenant.name);
  await tenant.begin('throttling-with-retry-after');

  await graph.api(`/users/${nora}`).patch({ jobTitle: 'Head of Product' });

  assert.equal(await tenant.count({ method: 'PATCH' }), 3);
  assert.equal((await graph.api(`/users/${nora}`).select('jobTitle').get()).jobTitle, 'Head of Product');
});

test('a write whose answer is lost is an error, and stored once', async (t) => {
  const tenant = Tenant.for(t, 'javascript-lost-reply');
  const graph = connect(tenant.name);
  await tenant.begin('lost-reply');

  await assert.rejects(graph.api('/users').post(newUser('Una')), noAnswer);

  assert.equal(await tenant.count({ method: 'POST', path: '/users' }), 1);
  assert.equal((await usersNamed(graph, 'Una')).length, 1);
});

test('a write whose connection is reset is an error, stored only when it is repeated', async (t) => {
  const tenant = Tenant.for(t, 'javascript-reset');
  const graph = connect(tenant.name);
  await tenant.begin('connection-reset-on-write');

  await assert.rejects(graph.api('/users').post(newUser('Una')), noAnswer);
  assert.deepEqual(await usersNamed(graph, 'Una'), []);

  await graph.api('/users').post(newUser('Una'));
  assert.equal(await tenant.count({ method: 'POST', path: '/users' }), 2);
  assert.equal((await usersNamed(graph, 'Una')).length, 1);
});

test('a report is updated in beta', async (t) => {
  const tenant = Tenant.for(t, 'javascript-report');
  const report = connect(tenant.name)
    .api('/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532')
    .version('beta');
  const counts = {
    '@odata.type': '#microsoft.graph.credentialUserRegistrationCount',
    totalUserCount: 14,
    userRegistrationCounts: [
      {
        '@odata.type': 'microsoft.graph.userRegistrationCount',
        registrationStatus: 'String',
        registrationCount: 1,
      },
    ],
  };

  const updated = await report.patch(counts);

  assert.equal(updated.id, '32a539a1-39a1-32a5-a139-a532a139a532');
  assert.equal(updated['@odata.type'], counts['@odata.type']);
  assert.equal(updated.totalUserCount, 14);
  assert.deepEqual(updated.userRegistrationCounts, counts.userRegistrationCounts);
  assert.equal((await report.get()).totalUserCount, 14);
});

test('a token for somebody else is refused', async (t) => {
  const tenant = Tenant.for(t, 'javascript-audience');
  const credential = await tenant.credentialOf({ audience: 'https://vault.azure.net' });

  await assert.rejects(
    connect(tenant.name, credential).api('/users').get(),
    graphError(401, 'InvalidAuthenticationToken'),
  );
});

test('a token that has expired is refused', async (t) => {
  const tenant = Tenant.for(t, 'javascript-expired');
  const credential = await tenant.credentialOf({ lifetimeSeconds: -1 });

  await assert.rejects(
    connect(tenant.name, credential).api('/users').get(),
    graphError(401, 'InvalidAuthenticationToken'),
  );
});
