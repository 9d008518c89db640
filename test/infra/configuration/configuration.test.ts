import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, parseConfiguration } from '../../../infra/configuration/configuration.js';
import { settingsSchema } from '../../../infra/configuration/settings.js';

const folder = join(__dirname, '../../../infra/configuration');

const given = {
  sender: 'Paperboy <papers@paper.dev>',
  postalAddress: 'Ann Reader, 1 Road, Town',
  contact: 'ann@paper.dev',
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseConfiguration(value);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs a sender, a postal address and a contact, and has a default for the rest', () => {
    expect(parseConfiguration(given)).toEqual({
      ...given,
      sendRate: 14,
      publishHour: 5,
      categories: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG'],
    });
    expect(problemsOf(undefined).map((line) => line.split(':')[0])).toEqual([
      'paperboy.config.json, sender',
      'paperboy.config.json, postalAddress',
      'paperboy.config.json, contact',
    ]);
  });

  it('says what to write, in one line each', () => {
    expect(problemsOf({ ...given, sender: 'Paperboy', publishHour: '5' })).toEqual([
      'paperboy.config.json, sender: write an address such as "Paperboy <papers@your-domain.org>"',
      'paperboy.config.json, publishHour: write a whole hour of the day in UTC, 0 to 23, such as 5',
    ]);
    expect(problemsOf({ ...given, categories: ['cs.AI', 'no such', 'nor this'] })).toHaveLength(1);
    expect(problemsOf('papers@paper.dev')).toEqual([expect.stringMatching(/^paperboy\.config\.json: write \{/)]);
  });

  it('refuses settings that do not exist, and names those that do', () => {
    expect(problemsOf({ ...given, senders: 'a', hour: 3 })).toEqual([
      expect.stringMatching(/json, senders: there is no such setting; write one of sender, .*githubTokenSecret$/),
      expect.stringMatching(/json, hour: there is no such setting/),
    ]);
  });

  it.each(['papers@paper.dev', 'Paper Boy <papers@paper.dev>', 'Zeitungsträger <p.b+x@mail.paper.dev>'])(
    'takes the sender %s',
    (sender) => {
      expect(problemsOf({ ...given, sender })).toEqual([]);
    },
  );

  it.each([
    '<papers@paper.dev>',
    'papers@paper',
    'Paper <papers@paper.dev',
    'P <p@paper.dev> <q@paper.dev>',
    'P\r\nBcc: <papers@paper.dev>',
    '"P" <papers@paper.dev>',
    'P <pä@paper.dev>',
    'papers@Paper.dev',
    '',
  ])('refuses the sender %j', (sender) => {
    expect(problemsOf({ ...given, sender })).toHaveLength(1);
  });

  it.each([
    ['papers@paper.dev', 'papers@paper.dev', true],
    ['papers@paper.dev', 'paper.dev', true],
    ['papers@mail.paper.dev', 'paper.dev', true],
    ['papers@paper.dev', 'per.dev', false],
    ['papers@paper.dev', 'others@paper.dev', false],
    ['papers@paper.dev', 'mail.paper.dev', false],
    ['papers@paper.dev', 'arn:aws:ses', false],
  ])('for the sender %s takes the identity %s: %s', (sender, identity, isTaken) => {
    expect(problemsOf({ ...given, sender, identity })).toHaveLength(isTaken ? 0 : 1);
  });

  it('takes hours from 0 to 23 and arXiv categories of every archive', () => {
    expect(
      problemsOf({ ...given, publishHour: 0, categories: ['hep-th', 'astro-ph.CO', 'cond-mat.mes-hall', 'q-bio.BM'] }),
    ).toEqual([]);
    for (const sendRate of [1, 500, 10_000]) expect(problemsOf({ ...given, sendRate })).toEqual([]);
    for (const sendRate of [0, 2.5, '14', 10_001]) {
      expect(problemsOf({ ...given, sendRate })).toEqual([
        'paperboy.config.json, sendRate: write the whole number of mails a second that SES lets the account send, such as 14',
      ]);
    }
    for (const publishHour of [-1, 24, 5.5]) expect(problemsOf({ ...given, publishHour })).toHaveLength(1);
    for (const categories of [[], ['CS.AI'], ['cs.AI+cs.CL'], 'cs.AI'])
      expect(problemsOf({ ...given, categories })).toHaveLength(1);
  });

  it('takes the complete ARN of a secret for GitHub’s token, and neither a name, a pattern nor the token itself', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:paperboy/github-token-Ab12Cd';
    expect(parseConfiguration({ ...given, githubTokenSecret: arn }).githubTokenSecret).toBe(arn);
    const others = [
      arn.slice(0, -7),
      'paperboy/github-token',
      `${arn.slice(0, -6)}??????`,
      '*',
      '',
      'ghp_0123456789abcdef',
    ];
    for (const githubTokenSecret of others) expect(problemsOf({ ...given, githubTokenSecret })).toHaveLength(1);
  });

  it('takes the name of a restored Subscribers table, and no ARN or pattern', () => {
    const subscribersTable = 'Paperboy-Subscribers-restored';
    expect(parseConfiguration({ ...given, subscribersTable }).subscribersTable).toBe(subscribersTable);
    for (const wrong of ['', 'ab', '*', 'arn:aws:dynamodb:eu-west-1:123456789012:table/x', 'a b c']) {
      expect(problemsOf({ ...given, subscribersTable: wrong })).toEqual([
        expect.stringMatching(/^paperboy\.config\.json, subscribersTable: write the name of the restored/),
      ]);
    }
  });

  it('takes other addresses of the sources, for a rehearsal, and only all of them together', () => {
    const url = 'http://127.0.0.1:9';
    const sources = { huggingFaceUrl: url, arxivFeedUrl: url, arxivApiUrl: url, githubApiUrl: url, arxivPauseMs: 0 };
    expect(parseConfiguration({ ...given, sources }).sources).toEqual(sources);
    const wrong = [
      { arxivPauseMs: -1 },
      { arxivFeedUrl: 'http://rss.paper.dev' },
      { githubApiUrl: undefined },
      { url },
    ];
    for (const over of wrong) {
      expect(problemsOf({ ...given, sources: { ...sources, ...over } })).toEqual([
        expect.stringMatching(/^paperboy\.config\.json, sources: leave this out/),
      ]);
    }
  });

  it('refuses a postal address of blanks, of several lines or of none', () => {
    for (const postalAddress of ['', '  ', 'a\nb', 7]) expect(problemsOf({ ...given, postalAddress })).toHaveLength(1);
  });

  it('takes a stage that may stand in a stack’s name', () => {
    expect(parseConfiguration({ ...given, stage: 'test' }).stage).toBe('test');
    for (const stage of ['', 'Test', 'a-b', '1a', 'averylongstage'])
      expect(problemsOf({ ...given, stage })).toHaveLength(1);
  });

  it('is described for editors by a schema that knows every setting', () => {
    const file = JSON.parse(readFileSync(join(folder, 'paperboy.schema.json'), 'utf8')) as {
      properties: Record<string, { description?: string }>;
    };
    // After a change of the settings: npm run schema.
    expect(file).toEqual(JSON.parse(JSON.stringify(settingsSchema())));
    for (const { description } of Object.values(file.properties)) expect(description).toMatch(/^[A-Za-z"].{10,}\.$/);
    expect(Object.keys(file.properties)).toEqual(expect.arrayContaining(['sender', 'domain', 'hostedZone', 'stage']));
  });

  it('is written in a file that points editors to that schema', () => {
    const root = join(folder, '..', '..');
    const shipped = JSON.parse(readFileSync(join(root, 'paperboy.config.json'), 'utf8')) as { $schema: string };
    expect(join(root, shipped.$schema)).toBe(join(folder, 'paperboy.schema.json'));
    expect(parseConfiguration(shipped)).not.toHaveProperty('$schema');
  });
});

describe('a domain', () => {
  const domain = 'papers.paper.dev';
  const hostedZone = { id: 'Z0123456789ABC', name: 'paper.dev' };
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000';
  const at = { ...given, sender: 'hello@papers.paper.dev', domain };

  it('is taken with its zone, or with a certificate for it', () => {
    expect(problemsOf({ ...at, hostedZone })).toEqual([]);
    expect(problemsOf({ ...at, certificateArn })).toEqual([]);
    expect(problemsOf({ ...at, domain: 'paper.dev', hostedZone })).toEqual([]);
    expect(problemsOf({ ...at, sender: given.sender, identity: 'paper.dev', hostedZone })).toEqual([]);
  });

  it.each([
    ['neither', {}, 'domain: write either hostedZone or certificateArn with it'],
    ['both', { hostedZone, certificateArn }, 'domain: write either hostedZone or certificateArn with it'],
    [
      'no domain',
      { domain: undefined, hostedZone },
      'domain: write the domain of the pages, such as "papers.your-domain.org", or leave the others out',
    ],
    [
      'another zone',
      { hostedZone: { ...hostedZone, name: 'other.dev' } },
      'hostedZone: write the zone that holds papers.paper.dev, or another domain',
    ],
    [
      'a sender elsewhere',
      { hostedZone, sender: given.sender },
      'sender: write an address at papers.paper.dev, or the identity that it is sent by',
    ],
    [
      'a zone without id',
      { hostedZone: { name: 'paper.dev' } },
      expect.stringMatching(/^hostedZone: write the Route 53 zone/),
    ],
    ['a name for a certificate', { certificateArn: 'papers' }, expect.stringMatching(/^certificateArn: write the ARN/)],
    ['no domain at all', { domain: 'papers', hostedZone }, expect.stringMatching(/^domain: write the domain/)],
  ])('with %s is refused in one line', (_name, over, problem) => {
    expect(problemsOf({ ...at, ...over }).map((line) => line.replace('paperboy.config.json, ', ''))).toEqual([problem]);
  });
});

describe('a monthly budget', () => {
  it('is whole dollars, and needs somebody who hears of it', () => {
    expect(problemsOf({ ...given, monthlyBudgetUsd: 20, alarmAddress: 'ann@paper.dev' })).toEqual([]);
    expect(problemsOf({ ...given, monthlyBudgetUsd: 20 })).toEqual([
      'paperboy.config.json, alarmAddress: write the email address that hears of the budget',
    ]);
    for (const monthlyBudgetUsd of [0, 2.5, '20'])
      expect(problemsOf({ ...given, monthlyBudgetUsd, alarmAddress: 'a@paper.dev' })).toHaveLength(1);
  });
});
