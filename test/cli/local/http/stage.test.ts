import { get } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { tokenBucket } from '../../../../cli/local/http/stage.js';
import { openTestHouse, templateWith } from '../house-fixture.js';

describe('a bucket of requests', () => {
  it('takes a burst, then what its rate brings, and never holds more than a burst', () => {
    const takes = tokenBucket({ ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.5 });
    expect([takes(0), takes(0), takes(0), takes(1999)]).toEqual([true, true, false, false]);
    expect([takes(2000), takes(2000)]).toEqual([true, false]);
    expect([takes(60_000), takes(60_000), takes(60_000)]).toEqual([true, true, false]);
  });

  it('takes everything without a rate', () => {
    expect(tokenBucket({})(0)).toBe(true);
  });
});

const route = (RouteKey: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Http' },
    RouteKey,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'HttpIntegration' }]] },
  },
});
const throttled = (RouteSettings: object, DefaultRouteSettings: object = {}) =>
  templateWith({
    LeaveRoute: route('POST /leave'),
    SearchRoute: route('GET /search'),
    HttpStage: { Properties: { RouteSettings, DefaultRouteSettings } },
  });
const limit = (burst: number) => ({ ThrottlingBurstLimit: burst, ThrottlingRateLimit: 0.001 });

describe('the stage of the HTTP API', () => {
  it('answers 429 for a route whose bucket is empty, without the function, and spares the other routes', async () => {
    const { house, logged } = await openTestHouse({ template: throttled({ 'GET /search': limit(1) }, limit(2)) });
    const statusOf = async (path: string, method = 'GET') => (await fetch(house.pagesUrl + path, { method })).status;
    expect([await statusOf('/search'), await statusOf('/search')]).toEqual([201, 429]);
    expect([await statusOf('/leave', 'POST'), await statusOf('/any')]).toEqual([201, 201]);
    const refused = await fetch(`${house.pagesUrl}/other`);
    expect([refused.status, await refused.json()]).toEqual([429, { message: 'Too Many Requests' }]);
    expect(logged).toEqual([]);
  });

  it('refuses settings for a route that is not there, and settings that CloudFormation does not know', async () => {
    const stranger = openTestHouse({ template: throttled({ 'GET /nowhere': limit(1) }) });
    await expect(stranger).rejects.toThrow('settings for GET /nowhere, which is no route of the template');
    const misspelt = openTestHouse({ template: throttled({ 'GET /search': { throttlingRateLimit: 1 } }) });
    await expect(misspelt).rejects.toThrow('a route has ThrottlingBurstLimit, ThrottlingRateLimit and');
  });

  it.each(['/%E0%A4%A', '//', '/%'])(
    'answers 400 for the malformed address %s, as the inbox does not fail',
    async (path) => {
      const { house } = await openTestHouse();
      const statusAt = (url: string) =>
        new Promise((answered) => {
          get({ host: '127.0.0.1', port: new URL(url).port, path }, (response) => {
            response.resume();
            answered(response.statusCode);
          });
        });
      expect(await statusAt(house.pagesUrl)).toBe(400);
      expect([400, 404]).toContain(await statusAt(house.inboxUrl));
      expect(house.failures()).toEqual([]);
    },
  );

  it('turns away a body that makes an event of more than 6 MB', async () => {
    const { house } = await openTestHouse();
    const post = (bytes: number) => fetch(`${house.pagesUrl}/form`, { method: 'POST', body: Buffer.alloc(bytes) });
    expect((await post(5_000_000)).status).toBe(413);
  });
});
