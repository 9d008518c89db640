/** What one sender brings to SES in a second, at most: more of them would wait for SES longer than they work. */
const mailsASecond = 64;

/** SES's answer to a mail, and the two writes around it, take a tenth of a second; each one more needs a connection more. */
const secondsAMail = 0.15;

/** Lambda gives a core for 1,769 MB: at this share a sender is busy for two thirds of its time. Decision 0018 has the table. */
const mbForAMailASecond = 12;
const leastMb = 512;

/** Jobs of fifty that one invocation takes together: as many as it sends within this time, so that few pauses stand between. */
const secondsAnInvocation = 30;
const mailsAJob = 50;

/**
 * How many work on the queue at a time for so many mails a second, how many mails each has on its way, how many jobs it takes
 * at once, and its memory. Two at least, for a mapping takes no fewer; that leaves a new account eight of its ten executions for
 * pages, clock and events.
 */
export function sendersFor(sendRate: number) {
  const senders = Math.max(2, Math.ceil(sendRate / mailsASecond));
  const ofOne = sendRate / senders;
  return {
    senders,
    inFlight: Math.min(16, Math.max(8, Math.ceil(ofOne * secondsAMail))),
    jobs: Math.min(4, Math.max(1, Math.floor((ofOne * secondsAnInvocation) / mailsAJob))),
    memoryMb: Math.max(leastMb, 128 * Math.ceil((ofOne * mbForAMailASecond) / 128)),
  };
}
