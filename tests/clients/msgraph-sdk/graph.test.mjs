// Microsoft's newer Graph SDK for TypeScript, made by Kiota, with the credentials of @azure/identity.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ClientSecretCredential, DeviceCodeCredential, UsernamePasswordCredential } from '@azure/identity';
import { HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions';
import { BatchRequestContent, PageIterator } from '@microsoft/msgraph-sdk-core';
import {
  createDirectoryObjectCollectionResponseFromDiscriminatorValue,
  createUserCollectionResponseFromDiscriminatorValue,
  serializeReferenceCreate,
} from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';

import { authority, connect, graphmock } from './connect.mjs';
import { Tenant } from './tenant.mjs';

const nora = '151256d4-9bf8-4cfe-9ad3-56ac31a05a2c';
const ben = 'df0e7944-3fb2-4b87-8535-5228187ffd40';
const vpnUsers = '8bc02100-3812-4b4e-9ce7-7d2ee47442bd';

// What requests that are made by hand answer an error with, as those of the SDK do.
const errors = { XXX: createODataErrorFromDiscriminatorValue };

const newUser = (name) => ({
  displayName: name,
  mailNickname: name.toLowerCase(),
  userPrincipalName: `${name.toLowerCase()}@contoso.com`,
  accountEnabled: true,
  passwordProfile: { password: 'Correct-horse-7', forceChangePasswordNextSignIn: false },
});

const usersNamed = async (graph, name) =>
  (await graph.users.get({ queryParameters: { filter: `displayName eq '${name}'`, select: ['id', 'displayName'] } }))
    .value;

const jobTitleOf = async (user) => (await user.get({ queryParameters: { select: ['jobTitle'] } })).jobTitle;

// What the SDK throws for an answer of the service: an ODataError, which is no Error.
const oDataError = (statusCode, code) => (error) => {
  assert.deepEqual([error.responseStatusCode, error.errorEscaped?.code], [statusCode, code]);
  return true;
};

// What the SDK throws when there was no answer: it leaves fetch's error as it is.
const noAnswer = { name: 'TypeError', message: 'fetch failed' };

test('an application signs in with its secret', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-sign-in');
  const credential = new ClientSecretCredential(tenant.name, 'any-app', 'any-secret', authority);

  const { token, expiresOnTimestamp } = await credential.getToken('https://graph.microsoft.com/.default');

  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  assert.deepEqual([claims.tid, claims.appid, claims.idtyp], [tenant.name, 'any-app', 'app']);
  assert.ok(expiresOnTimestamp > Date.now());
  const { graph } = connect(tenant.name, credential);
  assert.equal((await graph.users.byUserId(nora).get()).displayName, 'Nora Lindqvist');
});

test('a page iterator meets every user once', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-pages');
  const { graph, adapter } = connect(tenant.name);

  const firstPage = await graph.users.get({ queryParameters: { top: 5 } });
  assert.equal(firstPage.value.length, 5);
  const met = [];
  const meet = (user) => {
    met.push(user.id);
    return true;
  };
  const pages = new PageIterator(
    adapter,
    firstPage,
    meet,
    createUserCollectionResponseFromDiscriminatorValue,
    errors,
  );
  await pages.iterate();

  assert.equal(pages.getPagingState(), 'Complete');
  assert.equal(met.length, 25);
  assert.equal(new Set(met).size, 25);
  assert.equal(await tenant.count({ method: 'GET', path: '/users' }), 5);
});

test('users are filtered, and show what was selected', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-filter');
  const { graph } = connect(tenant.name);

  const found = await graph.users.get({
    queryParameters: { filter: "startswith(displayName,'N')", select: ['displayName', 'mail'] },
  });

  assert.equal(found.value.length, 1);
  assert.deepEqual({ ...found.value[0] }, { displayName: 'Nora Lindqvist', mail: 'nora.lindqvist@contoso.com' });
});

test('a user is created and read back', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-create');
  const { graph } = connect(tenant.name);

  const created = await graph.users.post(newUser('Una'));
  const read = await graph.users.byUserId(created.id).get();

  assert.equal(read.id, created.id);
  assert.equal(read.displayName, 'Una');
  assert.equal(read.userPrincipalName, 'una@contoso.com');
});

test('the update of a user is answered with nothing, that of an event with the event', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-update');
  const user = connect(tenant.name).graph.users.byUserId(nora);

  assert.equal(await user.patch({ jobTitle: 'Head of Product' }), undefined);
  assert.equal(await jobTitleOf(user), 'Head of Product');

  const [event] = (await user.events.get({ queryParameters: { top: 1 } })).value;
  const updated = await user.events.byEventId(event.id).patch({ subject: 'Moved' });
  assert.equal(updated.id, event.id);
  assert.equal(updated.subject, 'Moved');
  assert.equal(updated.start.dateTime, event.start.dateTime);
});

test('an update with an outdated ETag is refused', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-etag');
  const user = connect(tenant.name).graph.users.byUserId(nora);
  const etagOf = (entity) => entity.additionalData['@odata.etag'];
  const [message] = (await user.messages.get({ queryParameters: { top: 1 } })).value;
  const update = (subject, etag) =>
    user.messages.byMessageId(message.id).patch({ subject }, { headers: { 'If-Match': etag } });

  const updated = await update('First', etagOf(message));
  assert.notEqual(etagOf(updated), etagOf(message));

  await assert.rejects(update('Second', etagOf(message)), oDataError(412, 'ErrorIrresolvableConflict'));
  assert.equal((await update('Third', etagOf(updated))).subject, 'Third');
});

// Groups are in a package of their own; without it their requests are made by hand, of the SDK's models.
test('a member joins a group and leaves it', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-members');
  const { adapter } = connect(tenant.name);
  const request = (method, path) => {
    const made = new RequestInformation(method, `{+baseurl}/groups/${vpnUsers}/members${path}`);
    made.headers.tryAdd('Accept', 'application/json');
    return made;
  };
  const members = async () => {
    const asked = request(HttpMethod.GET, '?%24select=id');
    const found = await adapter.send(asked, createDirectoryObjectCollectionResponseFromDiscriminatorValue, errors);
    return found.value.map((member) => member.id).sort();
  };
  const before = await members();
  assert.ok(!before.includes(ben));

  const join = request(HttpMethod.POST, '/$ref');
  const reference = { odataId: `https://graph.microsoft.com/v1.0/directoryObjects/${ben}` };
  join.setContentFromParsable(adapter, 'application/json', reference, serializeReferenceCreate);
  await adapter.sendNoResponseContent(join, errors);
  assert.deepEqual(await members(), [...before, ben].sort());

  await adapter.sendNoResponseContent(request(HttpMethod.DELETE, `/${ben}/$ref`), errors);
  assert.deepEqual(await members(), before);
});

test('a manager is set and removed', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-manager');
  const { graph } = connect(tenant.name);
  const { manager } = graph.users.byUserId(nora);

  await manager.ref.put({ odataId: `https://graph.microsoft.com/v1.0/users/${ben}` });
  assert.equal((await manager.get()).id, ben);

  await manager.ref.delete();
  await assert.rejects(manager.get(), oDataError(404, 'Request_ResourceNotFound'));
});

test('a photo is downloaded as it was uploaded', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-photo');
  const photo = connect(tenant.name).graph.users.byUserId(nora).photo.content;
  const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 256);

  await photo.put(bytes.buffer);

  assert.deepEqual(new Uint8Array(await photo.get()), bytes);
});

test('/me is who signed in with a password', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-me');
  const credential = new UsernamePasswordCredential(
    tenant.name,
    'any-app',
    'nora.lindqvist@contoso.com',
    'any-password',
    authority,
  );

  const me = await connect(tenant.name, credential).graph.me.get();

  assert.deepEqual([me.id, me.displayName], [nora, 'Nora Lindqvist']);
});

test('/me is who signed in with a device code', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-device');
  const shown = [];
  const credential = new DeviceCodeCredential({
    tenantId: tenant.name,
    clientId: 'any-app',
    userPromptCallback: ({ userCode }) => shown.push(userCode), // nobody has to enter it
    ...authority,
  });

  assert.equal((await connect(tenant.name, credential).graph.me.get()).id, nora);
  assert.equal(shown.length, 1);
});

// This version of the SDK puts no headers and no JSON into a batch, and takes none out of its answers: statuses are
// what it tells.
test('a batch has an answer to each of its requests', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-batch');
  const { graph, adapter } = connect(tenant.name);
  const batch = new BatchRequestContent(adapter, errors);
  const read = graph.users.byUserId(nora).toGetRequestInformation({ queryParameters: { select: ['jobTitle'] } });
  batch.addBatchRequest(read, 'read');
  batch.addBatchRequest(graph.users.byUserId(ben).toDeleteRequestInformation(), 'delete').dependsOn = ['read'];
  const missing = graph.users.byUserId('nobody@contoso.com').toGetRequestInformation();
  batch.addBatchRequest(missing, 'missing').dependsOn = ['read'];

  const statuses = await (await batch.postAsync()).getResponsesStatusCodes();

  assert.deepEqual(Object.fromEntries(statuses), { read: 200, delete: 204, missing: 404 });
  await assert.rejects(graph.users.byUserId(ben).get(), oDataError(404, 'Request_ResourceNotFound'));
});

test('what depends on a failed request of a batch fails with it', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-batch-failed');
  const { graph, adapter } = connect(tenant.name);
  const batch = new BatchRequestContent(adapter, errors);
  batch.addBatchRequest(graph.users.byUserId('nobody@contoso.com').toGetRequestInformation(), 'missing');
  batch.addBatchRequest(graph.users.byUserId(ben).toDeleteRequestInformation(), 'delete').dependsOn = ['missing'];

  const statuses = await (await batch.postAsync()).getResponsesStatusCodes();

  assert.deepEqual(Object.fromEntries(statuses), { missing: 404, delete: 424 });
  assert.equal((await graph.users.byUserId(ben).get()).id, ben);
});

test('the SDK repeats what was throttled', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-throttled');
  const user = connect(tenant.name).graph.users.byUserId(nora);
  await tenant.begin('throttling-with-retry-after');

  await user.patch({ jobTitle: 'Head of Product' });

  assert.equal(await tenant.count({ method: 'PATCH' }), 3);
  assert.equal(await jobTitleOf(user), 'Head of Product');
});

test('the SDK answers a claims challenge with a new token', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-claims');
  const credential = new ClientSecretCredential(tenant.name, 'any-app', 'any-secret', authority);
  const tokens = [];
  const watched = {
    getToken: async (scopes, options) => {
      const made = await credential.getToken(scopes, options);
      tokens.push({ claims: options.claims, token: made.token });
      return made;
    },
  };
  const { graph } = connect(tenant.name, watched);
  await tenant.begin('claims-challenge');

  assert.equal((await graph.users.byUserId(nora).get()).id, nora);

  assert.equal(await tenant.count({ method: 'GET', path: '/users/{id}' }), 2);
  assert.equal(tokens.length, 2);
  assert.equal(tokens[0].claims, undefined);
  assert.ok(JSON.parse(tokens[1].claims).access_token);
  assert.notEqual(tokens[1].token, tokens[0].token);
});

test('a write whose answer is lost is an error, and stored once', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-lost-reply');
  const { graph } = connect(tenant.name);
  await tenant.begin('lost-reply');

  await assert.rejects(graph.users.post(newUser('Una')), noAnswer);

  assert.equal(await tenant.count({ method: 'POST', path: '/users' }), 1);
  assert.equal((await usersNamed(graph, 'Una')).length, 1);
});

test('a write whose connection is reset is an error, stored only when it is repeated', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-reset');
  const { graph } = connect(tenant.name);
  await tenant.begin('connection-reset-on-write');

  await assert.rejects(graph.users.post(newUser('Una')), noAnswer);
  assert.deepEqual(await usersNamed(graph, 'Una'), []);

  await graph.users.post(newUser('Una'));
  assert.equal(await tenant.count({ method: 'POST', path: '/users' }), 2);
  assert.equal((await usersNamed(graph, 'Una')).length, 1);
});

// The SDK's models are those of v1.0; what is in beta alone goes through its adapter as JSON.
test('a report is updated in beta', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-report');
  const { adapter } = connect(tenant.name);
  const id = '32a539a1-39a1-32a5-a139-a532a139a532';
  const address = `${graphmock}/beta/reports/credentialUserRegistrationCounts/${id}`;
  const send = async (method, body) => {
    const request = new RequestInformation(method, address);
    request.headers.tryAdd('Accept', 'application/json');
    if (body) request.setStreamContent(new TextEncoder().encode(JSON.stringify(body)).buffer, 'application/json');
    return JSON.parse(new TextDecoder().decode(await adapter.sendPrimitive(request, 'ArrayBuffer', errors)));
  };
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

  const updated = await send(HttpMethod.PATCH, counts);

  assert.equal(updated.id, id);
  assert.equal(updated['@odata.type'], counts['@odata.type']);
  assert.equal(updated.totalUserCount, 14);
  assert.deepEqual(updated.userRegistrationCounts, counts.userRegistrationCounts);
  assert.equal((await send(HttpMethod.GET)).totalUserCount, 14);
});

test('a token for somebody else is refused', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-audience');
  const credential = await tenant.credentialOf({ audience: 'https://vault.azure.net' });

  await assert.rejects(
    connect(tenant.name, credential).graph.users.get(),
    oDataError(401, 'InvalidAuthenticationToken'),
  );
});

test('a token that has expired is refused', async (t) => {
  const tenant = Tenant.for(t, 'msgraph-sdk-expired');
  const credential = await tenant.credentialOf({ lifetimeSeconds: -1 });

  await assert.rejects(
    connect(tenant.name, credential).graph.users.get(),
    oDataError(401, 'InvalidAuthenticationToken'),
  );
});
