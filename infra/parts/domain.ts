import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiMapping, DomainName, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnRecordSet, HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailIdentity, Identity, type IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.js';

/** One DNS record; a text without its quotes. */
interface DnsRecord {
  readonly id: string;
  readonly type: 'CNAME' | 'MX' | 'TXT';
  readonly name: string;
  readonly value: string;
}

const lifetimeSeconds = '3600';

/** The domain of pages and mail, with its records: made in its Route 53 zone, or printed to be entered by hand. */
export class Domain extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly domain: string,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
  }

  /** Serves the pages at the domain as well; the API's own address goes on. */
  servePages(api: HttpApi): void {
    const domainName = new DomainName(this, 'Name', { domainName: this.domain, certificate: this.certificate() });
    new ApiMapping(this, 'Mapping', { api, domainName, ...(api.defaultStage && { stage: api.defaultStage }) });
    const { hostedZone } = this.configuration;
    if (hostedZone === undefined) {
      this.add({ id: 'Pages', type: 'CNAME', name: this.domain, value: domainName.regionalDomainName });
      return;
    }
    new CfnRecordSet(this, 'Pages', {
      hostedZoneId: hostedZone.id,
      name: this.domain,
      type: 'A',
      aliasTarget: { dnsName: domainName.regionalDomainName, hostedZoneId: domainName.regionalHostedZoneId },
    });
  }

  /** The SES identity of the domain, signed (DKIM) and with a MAIL FROM under it, so that mails are aligned (DMARC). */
  mailIdentity(): IEmailIdentity {
    const from = `mail.${this.domain}`;
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(this.domain),
      mailFromDomain: from,
    });
    const mailServer = `feedback-smtp.${Stack.of(this).region}.amazonses.com`;
    const signatures = identity.dkimRecords.map((record, at): DnsRecord => {
      return { id: `Dkim${at + 1}`, type: 'CNAME', ...record };
    });
    const records: readonly DnsRecord[] = [
      ...signatures,
      { id: 'MailFromMx', type: 'MX', name: from, value: `10 ${mailServer}` },
      { id: 'MailFromSpf', type: 'TXT', name: from, value: 'v=spf1 include:amazonses.com ~all' },
      { id: 'Dmarc', type: 'TXT', name: `_dmarc.${this.domain}`, value: 'v=DMARC1; p=none' },
    ];
    for (const record of records) this.add(record);
    return identity;
  }

  private certificate() {
    const { certificateArn, hostedZone } = this.configuration;
    if (certificateArn !== undefined) return Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    const attributes = { hostedZoneId: hostedZone?.id ?? '', zoneName: hostedZone?.name ?? '' };
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', attributes);
    return new Certificate(this, 'Certificate', {
      domainName: this.domain,
      validation: CertificateValidation.fromDns(zone),
    });
  }

  private add({ id, type, name, value }: DnsRecord): void {
    const { hostedZone } = this.configuration;
    if (hostedZone === undefined) {
      new CfnOutput(Stack.of(this), `Dns${id}`, { description: 'To enter by hand', value: `${name} ${type} ${value}` });
      return;
    }
    new CfnRecordSet(this, id, {
      hostedZoneId: hostedZone.id,
      name,
      type,
      ttl: lifetimeSeconds,
      resourceRecords: [type === 'TXT' ? JSON.stringify(value) : value],
    });
  }
}
