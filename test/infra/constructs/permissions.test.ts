import { describe, expect, it } from '@jest/globals';
import { all, fullConfiguration, grants, type Statement, synthesized, whoMay } from '../synthesized.js';

const template = synthesized();
const existing = synthesized({
  sender: 'papers@mail.paper.dev',
  postalAddress: 'Here 1',
  contact: 'a@paper.dev',
  identity: 'paper.dev',
});

const on = (table: string) => {
  const id = all(template, 'AWS::DynamoDB::Table').find((found) => found.id.startsWith(table))!.id;
  return (statement: Statement) => JSON.stringify(statement.resources).includes(`"${id}"`);
};
const doing = (pattern: RegExp) => (statement: Statement) => statement.actions.some((action) => pattern.test(action));
const writing = doing(/^dynamodb:(Put|Update|Delete|Batch(?!Get))/);

const reasonsForWildcards = new Map([
  ['ses:GetSendQuota', 'the quota is the account’s: IAM knows no resource for it'],
  ['ses:SendRawEmail', 'in the sandbox SES asks for the right on each receiver’s identity too; the sender is fixed'],
]);

describe('who may do what', () => {
  it.each(['SendDigest', 'SendNotice'])(
    'lets %s send mail and no other, with our identity and configuration set alone',
    (name) => {
      expect(whoMay(template, doing(/^ses:Send/))).toEqual(['SendDigest', 'SendNotice']);
      const sending = grants(template)
        .get(name)!
        .filter(doing(/^ses:Send/));
      expect(sending.flatMap(({ actions }) => actions)).toEqual(['ses:SendRawEmail']);
      expect(sending.map(({ condition }) => condition)).toEqual([
        { StringEquals: { 'ses:FromAddress': 'papers@example.org' } },
      ]);
      const resources = sending.flatMap((statement) => statement.resources).map((resource) => JSON.stringify(resource));
      expect(resources).toHaveLength(3);
      expect(resources.some((text) => /:identity\/",\{"Ref":"MailIdentity/.test(text))).toBe(true);
      expect(resources.some((text) => /:configuration-set\/",\{"Ref":"MailConfigurationSet/.test(text))).toBe(true);
      expect(resources.some((text) => /:identity\/\*"/.test(text))).toBe(true);
    },
  );

  it('lets the planner read what the account may send, and send nothing itself', () => {
    expect(whoMay(template, doing(/^ses:GetSendQuota$/))).toEqual(['PlanDigests', 'SendDigest', 'SendNotice']);
    const ofMail = grants(template).get('PlanDigests')!.filter(doing(/^ses:/));
    expect(ofMail.flatMap(({ actions }) => actions)).toEqual(['ses:GetSendQuota']);
  });

  it('lets only pages, planning, sending, notices, mail events and learning touch subscribers', () => {
    expect(whoMay(template, on('Subscribers'))).toEqual([
      'LearnTopics',
      'PlanDigests',
      'RecordMailEvents',
      'SendDigest',
      'SendNotice',
      'ServePages',
    ]);
    const writers = whoMay(template, (statement) => on('Subscribers')(statement) && writing(statement));
    expect(writers).toEqual(['LearnTopics', 'RecordMailEvents', 'SendDigest', 'SendNotice', 'ServePages']);
  });

  it('has one writer of papers, and one of editions beside the one that keeps their hindsight; who sends can but seal them', () => {
    expect(whoMay(template, (statement) => on('Papers')(statement) && writing(statement))).toEqual(['IngestPapers']);
    const adding = doing(/^dynamodb:(PutItem|BatchWriteItem|DeleteItem)$/);
    expect(whoMay(template, (statement) => on('Editions')(statement) && adding(statement))).toEqual([
      'ReviewEditions',
      'ScoreTrends',
    ]);
    expect(whoMay(template, (statement) => on('Editions')(statement) && writing(statement))).toEqual([
      'PlanDigests',
      'ReviewEditions',
      'ScoreTrends',
      'SendNotice',
    ]);
  });

  it('lets the pages only read the runs, to say how far one has come and whether sending is halted', () => {
    const statements = grants(template).get('ServePages')!;
    const actions = statements.filter(on('Runs')).flatMap((statement) => statement.actions);
    expect([...new Set(actions)].sort()).toEqual(
      ['BatchGetItem', 'GetItem', 'Query'].map((name) => `dynamodb:${name}`),
    );
  });

  it('lets the review of editions only read papers, whose counts lie by the hour, and only read and add in the editions', () => {
    const statements = grants(template).get('ReviewEditions')!;
    const actionsOn = (table: string) => statements.filter(on(table)).flatMap(({ actions }) => actions);
    expect(actionsOn('Papers').sort()).toEqual(
      ['BatchGetItem', 'GetItem', 'Query'].map((action) => `dynamodb:${action}`),
    );
    expect(actionsOn('Editions').sort()).toEqual(
      ['BatchGetItem', 'GetItem', 'PutItem', 'Query'].map((action) => `dynamodb:${action}`),
    );
  });

  it('keeps papers from sending, and the keys from everyone who signs nothing', () => {
    expect(whoMay(template, on('Papers'))).toEqual([
      'IngestPapers',
      'LearnTopics',
      'ReviewEditions',
      'ScoreTrends',
      'ServePages',
    ]);
    expect(whoMay(template, doing(/^secretsmanager:/))).toEqual(['SendDigest', 'SendNotice', 'ServePages']);
  });

  it('lets learning read papers by their keys, add nothing to the editions, and ask ingest alone', () => {
    const statements = grants(template).get('LearnTopics')!;
    const actionsOn = (table: string) => statements.filter(on(table)).flatMap(({ actions }) => actions);
    expect(actionsOn('Papers').sort()).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
    expect(actionsOn('Editions').sort()).toEqual(['BatchGetItem', 'GetItem', 'Query'].map((one) => `dynamodb:${one}`));
    const asking = (statement: Parameters<ReturnType<typeof on>>[0]) =>
      doing(/^sqs:SendMessage/)(statement) && JSON.stringify(statement.resources).includes('IngestPapersQueue');
    expect(whoMay(template, asking)).toEqual(['IngestPapers', 'LearnTopics', 'ServePages']);
  });

  it('lets the pages read papers by their keys alone: a paper says at once that it was withdrawn, and the status how its sources are', () => {
    const actions = grants(template)
      .get('ServePages')!
      .filter(on('Papers'))
      .flatMap((statement) => statement.actions);
    expect([...actions].sort()).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
  });

  it('lets ingest-papers read the one secret with GitHub’s token where it is configured, and query the papers for it', () => {
    const full = synthesized(fullConfiguration);
    const added = (name: string) => {
      const before = grants(template)
        .get(name)!
        .map((statement) => JSON.stringify(statement));
      return grants(full)
        .get(name)!
        .filter((statement) => !before.includes(JSON.stringify(statement)));
    };
    const [querying, reading, ...others] = added('IngestPapers');
    expect(querying).toMatchObject({ actions: ['dynamodb:Query'] });
    expect(JSON.stringify(querying!.resources)).toMatch(/"Papers\w*","Arn".*\/index\/byActiveDay"/);
    expect(reading).toMatchObject({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [fullConfiguration.githubTokenSecret],
    });
    expect(others).toEqual([]);
    const rest = [...grants(full).keys()].filter((name) => name !== 'IngestPapers');
    expect(rest.flatMap(added)).toEqual([]);
  });

  it('lets nobody scan a table, and deletes subscribers alone: whom the pages erase, or notices move to a new address, and their examples', () => {
    expect(whoMay(template, doing(/^dynamodb:.*(Scan|BatchWrite|\*)/))).toEqual([]);
    const deleting = doing(/^dynamodb:.*Delete/);
    expect(whoMay(template, deleting)).toEqual(['LearnTopics', 'SendNotice', 'ServePages']);
    expect(whoMay(template, (statement) => deleting(statement) && !on('Subscribers')(statement))).toEqual([]);
  });

  it('lets the consent journal be added to, and nothing in it be changed', () => {
    const beyondAdding = doing(/^dynamodb:(?!PutItem|Query)/);
    expect(whoMay(template, (statement) => on('Consents')(statement) && beyondAdding(statement))).toEqual([]);
  });

  it('has a reason for every wildcard', () => {
    const statements = [...grants(template).values()].flat();
    expect(statements.filter(doing(/\*/))).toEqual([]);
    const wild = statements.filter(({ resources }) => JSON.stringify(resources).includes('*'));
    expect(new Set(wild.flatMap(({ actions }) => actions))).toEqual(new Set(reasonsForWildcards.keys()));
  });

  it('gives each function a role of its own, without managed policies', () => {
    const roles = all(template, 'AWS::IAM::Role');
    const used = all(template, 'AWS::Lambda::Function').map(({ props }) => JSON.stringify(props.Role));
    expect(new Set(used).size).toBe(used.length);
    expect(roles).toHaveLength(used.length);
    expect(roles.filter(({ props }) => props.ManagedPolicyArns !== undefined)).toEqual([]);
  });

  it('sends with an identity that exists already, when the configuration names one', () => {
    expect(all(existing, 'AWS::SES::EmailIdentity')).toEqual([]);
    const [sending] = grants(existing)
      .get('SendDigest')!
      .filter(doing(/^ses:Send/));
    expect(JSON.stringify(sending!.resources)).toContain(':identity/paper.dev"');
  });
});
