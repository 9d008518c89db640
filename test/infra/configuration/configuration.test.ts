import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, parseConfiguration } from '../../../infra/configuration/configuration.js';

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
      publishHour: 5,
      categories: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG'],
    });
    expect(problemsOf(undefined).map((line) => line.split(':')[0])).toEqual([
      'cdk.json, context.paperboy.sender',
      'cdk.json, context.paperboy.postalAddress',
      'cdk.json, context.paperboy.contact',
    ]);
  });

  it('says what to write, in one line each', () => {
    expect(problemsOf({ ...given, sender: 'Paperboy', publishHour: '5' })).toEqual([
      'cdk.json, context.paperboy.sender: write an address such as "Paperboy <papers@your-domain.org>"',
      'cdk.json, context.paperboy.publishHour: write a whole hour of the day in UTC, 0 to 23, such as 5',
    ]);
    expect(problemsOf({ ...given, categories: ['cs.AI', 'no such', 'nor this'] })).toHaveLength(1);
    expect(problemsOf('papers@paper.dev')).toEqual([expect.stringMatching(/^cdk\.json, context\.paperboy: write \{/)]);
  });

  it('refuses settings that do not exist, and names those that do', () => {
    expect(problemsOf({ ...given, senders: 'a', hour: 3 })).toEqual([
      expect.stringMatching(/paperboy\.senders: there is no such setting; write one of sender, .*githubTokenSecret$/),
      expect.stringMatching(/paperboy\.hour: there is no such setting/),
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
        expect.stringMatching(/^cdk\.json, context\.paperboy\.sources: leave this out/),
      ]);
    }
  });

  it('refuses a postal address of blanks, of several lines or of none', () => {
    for (const postalAddress of ['', '  ', 'a\nb', 7]) expect(problemsOf({ ...given, postalAddress })).toHaveLength(1);
  });
});
