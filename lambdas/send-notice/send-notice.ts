import type { SendNotice } from '../../shared/contract/messages.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type AnswerRequestDeps, type AnswerRequestReport, answerRequest } from './answer-request.js';
import { type GoodbyeReport, sayGoodbye } from './say-goodbye.js';
import { type WelcomeReport, type WelcomeSubscriberDeps, welcomeSubscriber } from './welcome-subscriber.js';

export interface SendNoticeDeps
  extends Omit<AnswerRequestDeps, 'subscribers'>,
    Omit<WelcomeSubscriberDeps, 'subscribers' | 'signups'> {
  readonly subscribers: SubscriberRepository;
}

/** What became of one message, without any word of the person behind it. */
export type SendNoticeReport = Pick<SendNotice, 'kind'> & (AnswerRequestReport | WelcomeReport | GoodbyeReport);

/** Sends one mail that is no digest, at most once however often the message is delivered. */
export async function sendNotice(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  const { kind } = message;
  if (kind === 'answer-request') return { kind, ...(await answerRequest(message, deps)) };
  return kind === 'welcome'
    ? { kind, ...(await welcomeSubscriber(message, deps)) }
    : { kind, ...(await sayGoodbye(message, deps)) };
}
