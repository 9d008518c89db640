import { describe, expect, it } from '@jest/globals';
import {
  all,
  certificateConfiguration,
  exampleConfiguration,
  grants,
  pointsAt,
  synthesized,
  zoneConfiguration,
} from '../synthesized.js';

const inZone = synthesized(zoneConfiguration);
const byHand = synthesized(certificateConfiguration);
const without = synthesized(exampleConfiguration);

describe('a domain', () => {
  it.each([
    ['in a zone', inZone],
    ['with records by hand', byHand],
  ])('%s serves the pages, and every link and List-Id is of it', (_name, template) => {
    const [name] = all(template, 'AWS::ApiGatewayV2::DomainName');
    expect(name!.props).toMatchObject({ DomainName: 'papers.example.org' });
    const [mapping] = all(template, 'AWS::ApiGatewayV2::ApiMapping');
    expect(pointsAt(mapping!.props.ApiId, all(template, 'AWS::ApiGatewayV2::Api')[0]!.id)).toBe(true);
    expect(template.Outputs.PagesUrl!.Value).toBe('https://papers.example.org');
    const urls = all(template, 'AWS::Lambda::Function').flatMap(({ props }) => {
      const { Variables } = props.Environment as { Variables: Record<string, unknown> };
      return Variables.PAGES_URL ?? [];
    });
    expect(urls).toEqual(Array(3).fill('https://papers.example.org'));
  });

  it.each([
    ['in a zone', inZone],
    ['with records by hand', byHand],
  ])('%s is what mail is sent from: signed, with a MAIL FROM of its own', (_name, template) => {
    const [identity, ...others] = all(template, 'AWS::SES::EmailIdentity');
    expect(others).toEqual([]);
    expect(identity!.props).toMatchObject({
      EmailIdentity: 'papers.example.org',
      MailFromAttributes: { MailFromDomain: 'mail.papers.example.org' },
    });
    const sending = grants(template)
      .get('SendDigest')!
      .filter(({ actions }) => actions.includes('ses:SendRawEmail'));
    expect(pointsAt(sending, identity!.id)).toBe(true);
  });

  it('in a zone has its certificate and every record made there', () => {
    const [certificate] = all(inZone, 'AWS::CertificateManager::Certificate');
    expect(certificate!.props).toMatchObject({
      DomainName: 'papers.example.org',
      DomainValidationOptions: [{ DomainName: 'papers.example.org', HostedZoneId: 'Z0123456789ABC' }],
    });
    const records = all(inZone, 'AWS::Route53::RecordSet').map(({ props }) => props);
    for (const { HostedZoneId } of records) expect(HostedZoneId).toBe('Z0123456789ABC');
    expect(records.map(({ Type }) => Type).sort()).toEqual(['A', 'CNAME', 'CNAME', 'CNAME', 'MX', 'TXT', 'TXT']);
    const valuesOf = (name: string) =>
      Object.fromEntries(
        records.filter(({ Name }) => Name === name).map(({ Type, ResourceRecords }) => [Type, ResourceRecords]),
      );
    expect(valuesOf('_dmarc.papers.example.org')).toEqual({ TXT: ['"v=DMARC1; p=none"'] });
    expect(valuesOf('mail.papers.example.org')).toEqual({
      MX: [{ 'Fn::Join': ['', ['10 feedback-smtp.', { Ref: 'AWS::Region' }, '.amazonses.com']] }],
      TXT: ['"v=spf1 include:amazonses.com ~all"'],
    });
    expect(Object.keys(inZone.Outputs).filter((name) => name.startsWith('Dns'))).toEqual([]);
  });

  it('kept elsewhere has each record printed, and takes the certificate that is there', () => {
    expect(all(byHand, 'AWS::CertificateManager::Certificate')).toEqual([]);
    expect(all(byHand, 'AWS::Route53::RecordSet')).toEqual([]);
    const [name] = all(byHand, 'AWS::ApiGatewayV2::DomainName');
    expect(pointsAt(name!.props.DomainNameConfigurations, certificateConfiguration.certificateArn)).toBe(true);
    const printed = Object.entries(byHand.Outputs).filter(([id]) => id.startsWith('Dns'));
    expect(printed.map(([id]) => id).sort()).toEqual([
      'DnsDkim1',
      'DnsDkim2',
      'DnsDkim3',
      'DnsDmarc',
      'DnsMailFromMx',
      'DnsMailFromSpf',
      'DnsPages',
    ]);
    expect(byHand.Outputs.DnsDmarc!.Value).toBe('_dmarc.papers.example.org TXT v=DMARC1; p=none');
    expect(JSON.stringify(byHand.Outputs.DnsPages!.Value)).toContain('papers.example.org CNAME ');
  });

  it('is sent from by an identity that exists already, where the configuration names one', () => {
    const template = synthesized({ ...zoneConfiguration, sender: 'hello@example.org', identity: 'example.org' });
    expect(all(template, 'AWS::SES::EmailIdentity')).toEqual([]);
    expect(all(template, 'AWS::Route53::RecordSet').map(({ props }) => props.Type)).toEqual(['A']);
  });

  it('changes nothing else: with and without one, whatever both have keeps its id', () => {
    const ids = Object.keys(without.Resources).filter((id) => !/^MailIdentity/.test(id));
    expect(Object.keys(inZone.Resources)).toEqual(expect.arrayContaining(ids));
  });
});

describe('what is left to do', () => {
  it('is said in the outputs, for each way to send', () => {
    const verifying = (configuration: object) => String(synthesized(configuration).Outputs.Next1VerifySender!.Value);
    expect(verifying(exampleConfiguration)).toBe('Click the link in the mail that SES sends to papers@example.org');
    expect(verifying({ ...exampleConfiguration, identity: 'example.org' })).toBe(
      'See that SES shows example.org as verified',
    );
    expect(verifying(zoneConfiguration)).toMatch(/^Nothing: SES finds the records/);
    expect(verifying(certificateConfiguration)).toMatch(/^Enter the records of the outputs Dns/);
  });

  it('begins with who hears the alarms', () => {
    expect(without.Outputs.Next3Alarms!.Value).toMatch(/^Nobody hears the alarms: write alarmAddress/);
    expect(inZone.Outputs.Next3Alarms!.Value).toMatch(/night@example\.org$/);
  });
});
