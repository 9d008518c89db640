import { describe, expect, it } from '@jest/globals';
import { openTestHouse } from '../house-fixture.js';

describe('the played HTTP API', () => {
  it('hands a request on in payload format 2.0 and the answer back', async () => {
    const { house } = await openTestHouse();
    const response = await fetch(`${house.pagesUrl}/papers/today?topic=a&topic=b`, { headers: { cookie: 'x=1; y=2' } });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(response.headers.get('x-pages-url')).toBe(house.pagesUrl);
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath: '/papers/today',
      rawQueryString: 'topic=a&topic=b',
      queryStringParameters: { topic: 'a,b' },
      pathParameters: { proxy: 'papers/today' },
      cookies: ['x=1', 'y=2'],
      requestContext: { http: { method: 'GET', path: '/papers/today' }, stage: '$default' },
      isBase64Encoded: false,
    });
  });

  it('hands on JSON as text and a form in base64', async () => {
    const { house } = await openTestHouse();
    const post = async (body: string, type: string) => {
      const response = await fetch(`${house.pagesUrl}/form`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      return response.json();
    };
    expect(await post('{"a":1}', 'application/json')).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
    const form = await post('a=1', 'application/x-www-form-urlencoded');
    expect(form).toMatchObject({ body: Buffer.from('a=1').toString('base64'), isBase64Encoded: true });
  });

  it('answers bytes, and HEAD without a body', async () => {
    const { house } = await openTestHouse();
    const picture = await fetch(`${house.pagesUrl}/picture`);
    expect([...new Uint8Array(await picture.arrayBuffer())]).toEqual([1, 2, 255]);
    const head = await fetch(`${house.pagesUrl}/picture`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('3');
    expect(await head.text()).toBe('');
  });

  it('answers 404 where no route leads', async () => {
    const { house } = await openTestHouse();
    expect((await fetch(`${house.pagesUrl}/`)).status).toBe(404);
  });

  it('starts a function anew when something that it left behind failed', async () => {
    const { house, logged } = await openTestHouse();
    await fetch(`${house.pagesUrl}/leftover`);
    while (!logged.some((line) => line.includes('left behind'))) await new Promise(setImmediate);
    expect((await fetch(`${house.pagesUrl}/again`)).status).toBe(201);
  });

  it('answers 500 when the function fails or is late, and serves the next request', async () => {
    const { house } = await openTestHouse();
    expect((await fetch(`${house.pagesUrl}/broken`)).status).toBe(500);
    expect((await fetch(`${house.pagesUrl}/slow`)).status).toBe(500);
    expect((await fetch(`${house.pagesUrl}/again`)).status).toBe(201);
    expect(house.failures()).toEqual([
      'PagesFn failed: Error: told to fail',
      'PagesFn failed: Runtime.Timeout: timed out after 1 seconds',
    ]);
  });
});
