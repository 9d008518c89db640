import { afterEach, describe, expect, it } from '@jest/globals';
import { paced } from '../../shared/sources/paced.js';
import { politeFetch } from '../../shared/sources/polite-fetch.js';
import { type Answer, drip, flood, type HostileServer, hostileServer, say } from '../support/hostile-server.js';
import { testFetch } from '../support/test-fetch.js';

describe('politeFetch', () => {
  let server: HostileServer;
  afterEach(() => server.close());
  const serve = async (answer: Answer) => {
    server = await hostileServer(answer);
    return server.url;
  };

  it('says who asks, and how to reach them', async () => {
    const url = await serve((response) => say(response, 200, 'hello'));
    expect(await testFetch().fetchText(`${url}/a`)).toBe('hello');
    expect(server.userAgents).toEqual(['Paperboy/0.1 (+mailto:admin@example.org)']);
  });

  it('waits as long as Retry-After says, in seconds', async () => {
    const url = await serve((response, _request, count) =>
      count === 1 ? say(response, 429, '', { 'retry-after': '7' }) : say(response, 200, 'good'),
    );
    const { fetchText, waits } = testFetch();
    expect(await fetchText(url)).toBe('good');
    expect(waits).toEqual([7000]);
  });

  it('waits until the date that Retry-After gives, by the clock of the server', async () => {
    const headers = { date: 'Fri, 07 Aug 2026 05:00:00 GMT', 'retry-after': 'Fri, 07 Aug 2026 05:00:20 GMT' };
    const url = await serve((response, _request, count) =>
      count === 1 ? say(response, 503, '', headers) : say(response, 200, 'good'),
    );
    const { fetchText, waits } = testFetch();
    expect(await fetchText(url)).toBe('good');
    expect(waits).toEqual([20_000]);
  });

  it('gives up at once when it is to wait longer than it may', async () => {
    const url = await serve((response) => say(response, 429, '', { 'retry-after': '3600' }));
    const { fetchText, waits } = testFetch();
    await expect(fetchText(url)).rejects.toThrow(
      /^HTTP 429, and a wait of 3600 s is more than the (60|59\.\d) s left$/,
    );
    expect(waits).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['0', '1786078830', [30_000]],
    ['1', '1786078830', []],
    ['0', '1786078700', []],
    ['0', '30', []],
    ['0', 'soon', []],
  ])(
    'rests with %s points remaining until their reset at %s, by the clock of the server',
    async (left, reset, rests) => {
      const date = new Date(1_786_078_800_000).toUTCString();
      const url = await serve((response) =>
        say(response, 200, 'good', { date, 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset }),
      );
      const { fetchText, waits } = testFetch();
      await fetchText(url);
      await fetchText(url);
      expect(waits.map((ms) => Math.ceil(ms / 1000) * 1000)).toEqual(rests);
    },
  );

  it('posts, and leads what it posts nowhere else', async () => {
    const bodies: string[] = [];
    const url = await serve((response, request) => {
      request.on('data', (piece) => bodies.push(`${request.method} ${request.headers['x-key']} ${piece}`));
      request.on('end', () => {
        if (request.url === '/moved') say(response, 307, '', { location: '/new' });
        else say(response, 200, 'taken');
      });
    });
    const post = { headers: { 'x-key': 'secret' }, body: 'question' };
    expect(await testFetch().fetchText(`${url}/here`, { post })).toBe('taken');
    await expect(testFetch().fetchText(`${url}/moved`, { post })).rejects.toMatchObject({
      message: 'HTTP 307',
      status: 307,
    });
    expect(bodies).toEqual(['POST secret question', 'POST secret question']);
    expect(server.asked).toEqual(['/here', '/moved']);
    expect(server.userAgents[0]).toMatch(/^Paperboy/);
  });

  it('rests before the next request when the rate limit has nothing left', async () => {
    const spent = { ratelimit: '"api";r=0;t=12', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    const url = await serve((response) => say(response, 200, 'good', spent));
    const { fetchText, waits } = testFetch();
    await fetchText(`${url}/first`);
    expect(waits).toEqual([]);
    await fetchText(`${url}/second`);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(10_000);
    expect(waits[0]).toBeLessThanOrEqual(12_000);
  });

  it('does not rest while the rate limit has something left', async () => {
    const url = await serve((response) => say(response, 200, 'good', { ratelimit: '"api";r=1;t=12' }));
    const { fetchText, waits } = testFetch();
    await fetchText(`${url}/first`);
    await fetchText(`${url}/second`);
    expect(waits).toEqual([]);
  });

  it('tries again after 503, with growing pauses', async () => {
    const url = await serve((response, _request, count) => say(response, count < 4 ? 503 : 200, 'good'));
    const { fetchText, waits } = testFetch();
    expect(await fetchText(url)).toBe('good');
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it('lets chance lengthen a pause, up to twice its least', async () => {
    const url = await serve((response, _request, count) => say(response, count < 2 ? 503 : 200, 'good'));
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    await politeFetch({ contact: 'a@example.org', fetch, sleep, random: () => 0.998 })(url);
    expect(waits).toEqual([999]);
  });

  it('stops after four tries', async () => {
    const url = await serve((response) => say(response, 500, 'broken'));
    await expect(testFetch().fetchText(url)).rejects.toThrow('HTTP 500 (asked 4 times)');
    expect(server.asked).toHaveLength(4);
  });

  it('asks once only when the answer is a clear no', async () => {
    const url = await serve((response) => say(response, 404, 'nothing'));
    await expect(testFetch().fetchText(url)).rejects.toThrow('HTTP 404');
    expect(server.asked).toHaveLength(1);
  });

  it('takes the plain text "Rate exceeded." for the refusal it is, though its status is 200', async () => {
    const url = await serve((response, _request, count) => say(response, 200, count < 3 ? 'Rate exceeded.' : 'good'));
    expect(await testFetch().fetchText(url)).toBe('good');
  });

  it('gives up when "Rate exceeded." is all it hears', async () => {
    const url = await serve((response) => say(response, 200, 'Rate exceeded.\n'));
    await expect(testFetch().fetchText(url)).rejects.toThrow('"Rate exceeded." (asked 4 times)');
  });

  it('tries again after a lost connection and says what was lost', async () => {
    const url = await serve((response) => response.destroy());
    await expect(testFetch().fetchText(url)).rejects.toThrow(/^(other side closed|read ECONNRESET) \(asked 4 times\)$/);
    expect(server.asked).toHaveLength(4);
  });

  it('says that nobody listens', async () => {
    const url = await serve((response) => response.end());
    await server.close();
    await expect(testFetch().fetchText(url)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('tries again after a body that ends before its length', async () => {
    const url = await serve((response, _request, count) => {
      if (count > 1) return say(response, 200, 'whole');
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    });
    expect(await testFetch().fetchText(url)).toBe('whole');
  });

  it('gives up on a server that never begins to answer', async () => {
    const url = await serve(() => undefined);
    await expect(testFetch({ startMs: 50, tries: 1 }).fetchText(url)).rejects.toThrow('no answer began within 0.1 s');
  });

  it('gives up on an answer that stands still', async () => {
    const url = await serve((response) => response.writeHead(200).write('half'));
    await expect(testFetch({ idleMs: 50, tries: 1 }).fetchText(url)).rejects.toThrow(
      'the answer stood still for 0.1 s',
    );
  });

  it('gives up on an answer that drips for ever', async () => {
    const url = await serve((response) => drip(response, 10));
    const { fetchText } = testFetch({ wholeMs: 200, tries: 1 });
    await expect(fetchText(url)).rejects.toThrow('the answer took longer than 0.2 s');
  });

  it('stops reading a body of 100 MB at its cap', async () => {
    let megabytesSent = 0;
    const url = await serve((response) =>
      flood(response, 100, (megabyte) => {
        megabytesSent = megabyte;
      }),
    );
    const { fetchText } = testFetch({ maxBytes: 1024 * 1024 });
    await expect(fetchText(url)).rejects.toThrow('the answer is bigger than 1,048,576 bytes');
    expect(server.asked).toHaveLength(1);
    expect(megabytesSent).toBeLessThan(50);
  });

  it('does not begin to read a body that announces too much', async () => {
    const url = await serve((response) => response.writeHead(200, { 'content-length': String(2 ** 31) }).write('x'));
    await expect(testFetch().fetchText(url)).rejects.toThrow(/is bigger than/);
  });

  it('follows a redirect on the same server', async () => {
    const url = await serve((response, request) =>
      request.url === '/old' ? say(response, 301, '', { location: '/new' }) : say(response, 200, 'moved'),
    );
    expect(await testFetch().fetchText(`${url}/old`)).toBe('moved');
  });

  it('follows no redirect to http elsewhere', async () => {
    const url = await serve((response) => say(response, 302, '', { location: 'http://other.example/secret?key=1' }));
    const going = testFetch().fetchText(url);
    await expect(going).rejects.toThrow('a redirect to http://other.example is not followed');
    expect(server.asked).toHaveLength(1);
  });

  it('follows no redirect in circles', async () => {
    const url = await serve((response) => say(response, 307, '', { location: '/again' }));
    await expect(testFetch().fetchText(url)).rejects.toThrow('more than 5 redirects');
  });

  it('takes what it spends from the budget that questions share', async () => {
    const url = await serve((response) => say(response, 503, '', { 'retry-after': '4' }));
    const { fetchText, waits } = testFetch();
    const budget = { leftMs: 10_000 };
    await expect(fetchText(`${url}/one`, { budget })).rejects.toThrow(/a wait of 4 s is more than the/);
    await expect(fetchText(`${url}/two`, { budget })).rejects.toThrow(/a wait of 4 s is more than the/);
    expect(waits).toEqual([4000, 4000]);
  });

  it('lets one request through at a time, tries and redirects included', async () => {
    const url = await serve((response, request, count) => {
      const status = request.url === '/busy' && count === 1 ? 503 : 200;
      setTimeout(() => say(response, status, 'good'), 20);
    });
    let at = 0;
    const pauses: number[] = [];
    const sleep = async (ms: number) => {
      pauses.push(ms);
      at += ms;
    };
    const gate = paced(3000, sleep, () => at);
    const fetchText = politeFetch({
      contact: 'a@example.org',
      fetch,
      sleep: async () => undefined,
      random: () => 0,
      gate,
    });
    await Promise.all([fetchText(`${url}/busy`), fetchText(`${url}/b`), fetchText(`${url}/c`)]);
    expect(server.asked).toHaveLength(4);
    expect(server.mostAtOnce()).toBe(1);
    expect(pauses).toEqual([3000, 3000, 3000]);
  });
});

describe('paced', () => {
  it('does not wait again for time that has passed by itself', async () => {
    const pauses: number[] = [];
    let at = 0;
    const gate = paced(
      3000,
      async (ms) => void pauses.push(ms),
      () => at,
    );
    await gate(async () => 'one');
    at = 2000;
    await gate(async () => 'two');
    at = 9000;
    await gate(async () => 'three');
    expect(pauses).toEqual([1000]);
  });

  it('goes on after a task that failed', async () => {
    const gate = paced(0, async () => undefined);
    await expect(gate(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await gate(async () => 'next')).toBe('next');
  });
});
