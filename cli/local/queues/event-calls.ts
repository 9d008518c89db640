import * as z from 'zod/mini';
import { parseJson } from '../../../shared/sources/source-text.js';
import { type ApiService, CallError, jsonProtocol, notPlayed } from '../api-call.js';
import { busArnOf, type Rules } from './rules.js';

const jsonObject = z.record(z.string(), z.unknown());

/** The most that one PutEvents may carry. */
const limitBytes = 256 * 1024;

const putEvents = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string(),
        DetailType: z.string(),
        Detail: z.string(),
        EventBusName: z._default(z.string(), 'default'),
        Resources: z.optional(z.array(z.string())),
      }),
    )
    .check(z.minLength(1), z.maxLength(10)),
});
type Entry = z.output<typeof putEvents>['Entries'][number];

/**
 * Plays EventBridge's PutEvents.
 * API: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventService(rules: Rules, now: () => number): ApiService {
  const protocol = jsonProtocol('1.1');
  const put = ({ Source, DetailType, Detail, EventBusName, Resources }: Entry) => {
    const busArn = busArnOf(EventBusName);
    if (!rules.buses.includes(busArn)) return refused('ResourceNotFound', `Event bus ${EventBusName} does not exist.`);
    const detail = jsonObject.safeParse(parseJson(Detail)).data;
    if (!detail) return refused('MalformedDetail', 'Detail is malformed.');
    const happening = { source: Source, detailType: DetailType, detail, ...(Resources && { resources: Resources }) };
    return { EventId: rules.publish(busArn, happening, now()) };
  };
  return {
    protocol,
    permission: (action) => `events:${action}`,
    resources: ({ input }) => {
      const { success, data } = putEvents.safeParse(input);
      return success ? [...new Set(data.Entries.map(({ EventBusName }) => busArnOf(EventBusName)))] : ['*'];
    },
    async answer(call) {
      if (call.action !== 'PutEvents') throw notPlayed('events', call);
      const { success, data, error } = putEvents.safeParse(call.input);
      if (!success) throw new CallError('ValidationException', z.prettifyError(error));
      const bytes = data.Entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
      if (bytes > limitBytes) {
        throw new CallError('ValidationException', 'Total size of the entries in the request is over the limit.');
      }
      const Entries = data.Entries.map(put);
      return protocol.answer('PutEvents', {
        FailedEntryCount: Entries.filter((one) => 'ErrorCode' in one).length,
        Entries,
      });
    },
  };
}

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
