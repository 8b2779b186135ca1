// What a test does beside the SDK: it takes a tenant of its own, breaks things there, looks at what arrived.
import assert from 'node:assert/strict';

import { graphmock } from './connect.mjs';

export class Tenant {
  constructor(name) {
    this.name = name;
  }

  /** A tenant for one test `t`, as new as the fixtures; it is dropped when the test is over. */
  static for(t, name) {
    const tenant = new Tenant(name);
    t.after(() => tenant.#send('DELETE', `tenants/${name}`)); // 404 where a test failed before its first request
    return tenant;
  }

  /** Begins one of the server's scenarios, such as `lost-reply`. */
  async begin(scenario) {
    await this.#ask('PUT', `scenarios/${scenario}`);
  }

  /** How many requests arrived of those that the matcher `request` of a scenario's rule would take. */
  async count(request) {
    return (await (await this.#ask('POST', 'requests/count', request)).json()).count;
  }

  /** A credential of @azure/identity's kind, with a token made to order. */
  async credentialOf(order) {
    const made = await (await this.#ask('POST', 'tokens', order)).json();
    return { getToken: async () => ({ token: made.access_token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  }

  async #ask(method, path, body) {
    const answer = await this.#send(method, path, body);
    assert.ok(answer.ok, `${method} /__admin/${path}: ${answer.status}`);
    return answer;
  }

  #send(method, path, body) {
    return fetch(`${graphmock}/__admin/${path}`, {
      method,
      headers: { 'X-Mock-Tenant': this.name },
      body: body && JSON.stringify(body),
    });
  }
}
