import { readConfiguration } from '../../../infra/configuration/read-json.js';
import type { Command, Given } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';
import { gatherFacts } from '../../house/status/gather-facts.js';
import { sourcesOf } from '../../house/status/house-facts.js';
import { type Check, checksAsJson, checksOf, printChecks } from './doctor/check.js';
import { checkHeaders } from './doctor/check-headers.js';
import { checkHouse } from './doctor/check-house.js';
import { dnsBy } from './doctor/dns.js';
import { readMailFile } from './doctor/read-mail-file.js';

/** Looks at everything that sending needs, before and after a deployment, and says what to do. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'checks everything that sending needs, before and after a deployment, and says how to fix it',
  place: 'house-if-given',
  options: {
    headers: {
      type: 'string',
      value: 'FILE',
      help: 'checks signatures and alignment in a received mail or its headers; "-" reads what is pasted or piped in',
    },
    dns: {
      type: 'string',
      value: 'SERVER',
      help: "the name server to ask, such as 1.1.1.1; by default this machine's",
    },
  },
  more: `Without --data and --stack it checks the stack of paperboy.config.json, whether it has been deployed or not.
Each line is ok, failure or skipped, with what was found and what to do. The exit code is 1 if any line says failure.
To check how mail arrives, send one with \`send-test\`, choose "Show original" in your mailbox, and pass all of that to --headers.`,
  async run(given, io) {
    const dns = dnsBy(textOf(given, 'dns'));
    const file = textOf(given, 'headers');
    const mail = file === undefined ? [noMail] : checkHeaders(await readMailFile(file, io.tell));
    const checks = [...(await examine(given, dns)), ...mail];
    io.out(printChecks(checks, io.paint));
    io.json(checksAsJson(checks));
    if (checks.some(({ state }) => state === 'failure')) io.exitWith(1);
  },
};

const noMail = checksOf('headers').skipped('no mail was given', 'give one by --headers to see how it is signed');

async function examine(given: Given, dns: ReturnType<typeof dnsBy>): Promise<readonly Check[]> {
  const { place } = given;
  if (place?.kind === 'local') {
    return withOperator(place, async (operator) => checkHouse(await gatherFacts(await sourcesOf(operator))));
  }
  // Loaded when it is needed: settings are judged by the CDK, which takes longer than a house on this machine.
  const { examineStack } = await import('./doctor/examine-stack.js');
  const [region, profile] = [textOf(given, 'region'), textOf(given, 'profile')];
  return examineStack({ stack: place?.stack, region, profile, dns, readConfiguration });
}
