import { describe, expect, it } from '@jest/globals';
import { parseMailbox } from '../../../shared/mail/send/composed-mail.js';

describe('a mailbox', () => {
  it.each([
    ['post@example.org', { name: '', address: 'post@example.org' }],
    ['Paperboy <post@example.org>', { name: 'Paperboy', address: 'post@example.org' }],
    ['"Doe, Jane" <jane@example.org>', { name: 'Doe, Jane', address: 'jane@example.org' }],
    ['Doe, Jane <jane@example.org>', { name: 'Doe, Jane', address: 'jane@example.org' }],
    ['reader@Bücher.example', { name: '', address: 'reader@xn--bcher-kva.example' }],
    ['A\r\nBcc: b@example.org <a@example.org>', { name: 'A Bcc: b@example.org', address: 'a@example.org' }],
    ['nobody', { name: '', address: 'nobody' }],
  ])('reads %j', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });
});
