import { describe, expect, it } from '@jest/globals';
import { routes, slowestDaySeconds, slowestSearchSeconds } from '../../../infra/parts/pages-api.js';
import { all, exampleConfiguration, plainName, pointsAt, synthesized } from '../synthesized.js';

const template = synthesized();
const [stage] = all(template, 'AWS::ApiGatewayV2::Stage');
const made = all(template, 'AWS::ApiGatewayV2::Route');
const settings = stage!.props.RouteSettings as Record<
  string,
  { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }
>;

describe('the address of the pages', () => {
  it('keeps its logical id, and the API when the stack goes: a year of links in mails holds its address', () => {
    const [api, ...others] = all(template, 'AWS::ApiGatewayV2::Api');
    expect(others).toEqual([]);
    expect(api!.id).toBe('Pages127DFD1A');
    expect(api!.DeletionPolicy).toBe('RetainExceptOnCreate');
  });
});

describe('routes', () => {
  it('lead to serve-pages, every one, and whatever has none of its own', () => {
    expect(made.map(({ props }) => props.RouteKey).sort()).toEqual([
      '$default',
      'ANY /day',
      'ANY /digest-now',
      'ANY /feeds/edition.atom',
      'ANY /feeds/edition.json',
      'ANY /feeds/own.atom',
      'ANY /feeds/own.json',
      'ANY /feeds/{feed}',
      'ANY /filters/preview',
      'ANY /search',
      'ANY /subscribe/try',
      'GET /unsubscribe',
      'POST /unsubscribe',
    ]);
    const pages = all(template, 'AWS::Lambda::Function').find(({ id }) => plainName(id) === 'ServePages')!;
    const integrations = all(template, 'AWS::ApiGatewayV2::Integration');
    for (const { props } of integrations) expect(pointsAt(props.IntegrationUri, pages.id)).toBe(true);
    for (const { props } of made) expect(integrations.some(({ id }) => pointsAt(props.Target, id))).toBe(true);
  });

  it('have a throttle each, in a stage that is made after them', () => {
    const own = made.filter(({ props }) => props.RouteKey !== '$default');
    expect(Object.keys(settings).sort()).toEqual(own.map(({ props }) => props.RouteKey).sort());
    for (const { id } of own) expect(stage!.DependsOn).toContain(id);
  });

  it('leave unsubscribing a budget of its own, above that of all others', () => {
    const { ThrottlingRateLimit: others } = stage!.props.DefaultRouteSettings as { ThrottlingRateLimit: number };
    for (const method of ['GET', 'POST']) {
      expect(settings[`${method} /unsubscribe`]!.ThrottlingRateLimit).toBeGreaterThanOrEqual(others);
    }
  });

  it('let searching hold fewer than the ten executions of a new account, however it is flooded', () => {
    const searching = [routes.search, routes.preview, routes.tryTopics, routes.searchFeeds].flatMap(
      ({ path }) => settings[`ANY ${path}`]!,
    );
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const held = sum(searching.map(({ ThrottlingRateLimit }) => ThrottlingRateLimit * slowestSearchSeconds));
    const atOnce = sum(searching.map(({ ThrottlingBurstLimit }) => ThrottlingBurstLimit));
    expect(held).toBeLessThanOrEqual(4);
    expect(held + atOnce).toBeLessThan(9);
    const ofDays = [settings['ANY /day']!, settings['ANY /digest-now']!];
    expect(atOnce + sum(ofDays.map(({ ThrottlingBurstLimit }) => ThrottlingBurstLimit))).toBeLessThan(10);
    expect(held + sum(ofDays.map(({ ThrottlingRateLimit }) => ThrottlingRateLimit * slowestDaySeconds))).toBeLessThan(
      10,
    );
  });
});

describe('the access log', () => {
  const { DestinationArn, Format } = stage!.props.AccessLogSettings as { DestinationArn: unknown; Format: string };

  it('has route, status and latency of every request, and nothing that may hold a token or an address', () => {
    const line = JSON.parse(Format) as Record<string, string>;
    expect(line).toMatchObject({
      route: '$context.routeKey',
      status: '$context.status',
      latencyMs: '$context.responseLatency',
    });
    expect(Format).not.toMatch(/path|query|identity|sourceIp|userAgent|domainName|protocol/i);
  });

  it('is kept for a month, as every log is', () => {
    const logs = all(template, 'AWS::Logs::LogGroup');
    expect(logs).toHaveLength(10);
    for (const { props } of logs) expect(props.RetentionInDays).toBeLessThanOrEqual(30);
    expect(logs.filter(({ id }) => pointsAt(DestinationArn, id))).toHaveLength(1);
  });

  it('counts the requests to unsubscribe that were refused, for this stage alone', () => {
    const [filter, ...others] = all(template, 'AWS::Logs::MetricFilter');
    expect(others).toEqual([]);
    expect(filter!.props).toMatchObject({
      FilterPattern: '{ ($.route = "*/unsubscribe") && ($.status = "4*") }',
      MetricTransformations: [
        {
          MetricNamespace: 'Paperboy',
          MetricName: 'UnsubscribesRefused',
          Dimensions: [{ Key: 'service', Value: '$.service' }],
        },
      ],
    });
    expect(JSON.parse(Format)).toMatchObject({ service: 'paperboy' });
    const [other] = all(synthesized({ ...exampleConfiguration, stage: 'test' }), 'AWS::ApiGatewayV2::Stage');
    const { Format: otherFormat } = other!.props.AccessLogSettings as { Format: string };
    expect(JSON.parse(otherFormat)).toMatchObject({ service: 'paperboy-test' });
  });
});
