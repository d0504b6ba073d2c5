import type { WebhookInfo } from '@grammyjs/types';
import { expect } from 'chai';
import type { Finding } from '../../../src/cli/bot/finding.ts';
import { type WebhookContext, webhookFindings } from '../../../src/cli/bot/webhook-findings.ts';
import { allowedUpdates } from '../../../src/telegram/allowed-updates.ts';

const now = 1795402800;
const url = 'https://abc.execute-api.sa-east-1.amazonaws.com/dev/webhook';
const healthy: WebhookInfo = {
  url,
  has_custom_certificate: false,
  pending_update_count: 0,
  ip_address: '203.0.113.7',
  max_connections: 40,
  allowed_updates: [...allowedUpdates],
};

const findings = (info: Partial<WebhookInfo>, context: Partial<WebhookContext> = {}): Finding[] => [
  ...webhookFindings({ ...healthy, ...info }, { now, ...context }),
];
const marked = (mark: Finding['mark'], of: readonly Finding[]) =>
  of.filter((finding) => finding.mark === mark);

describe('webhook findings', () => {
  it('are all well for a webhook that works, save what cannot be known', () => {
    expect(findings({})).to.deep.equal([
      { mark: 'fine', text: `Telegram sends updates to ${url}, over at most 40 connections` },
      { mark: 'fine', text: 'no delivery has failed since the webhook was set' },
      { mark: 'fine', text: 'no update waits' },
      {
        mark: 'fine',
        text: 'all 27 kinds of updates are asked for, reactions and member changes among them',
      },
      {
        mark: 'note',
        text: 'Telegram does not say whether a secret is set; a wrong or missing one shows as 401 Unauthorized',
      },
    ]);
  });

  it('tell of a secret that was set just now', () => {
    expect(findings({}, { secretSet: true }).at(-1)).to.deep.equal({
      mark: 'fine',
      text: 'the secret is set',
    });
  });

  it('say where updates wait when there is no webhook', () => {
    const [first, second, ...others] = findings({ url: '', pending_update_count: 1 });
    expect(first?.text).to.match(/^no webhook is set: updates wait for getUpdates/);
    expect(second?.text).to.equal('1 update waits');
    expect(others).to.deep.equal([]);
  });

  it('have a problem when updates go elsewhere', () => {
    const [problem] = marked('problem', findings({ url: 'https://example.org/' }, { expectedUrl: url }));
    expect(problem?.text).to.equal(`Telegram sends updates to https://example.org/, not to ${url}`);
  });

  for (const wrong of ['https://example.org:8080/webhook', 'http://example.org/webhook']) {
    it(`have a problem with ${wrong}, to which Telegram does not deliver`, () => {
      const [problem] = marked('problem', findings({ url: wrong }));
      expect(problem?.text).to.match(/does not deliver/);
      expect(problem?.advice).to.include('443, 80, 88, 8443');
    });
  }

  for (const port of ['', ':443', ':80', ':88', ':8443']) {
    it(`have no problem with the port ${port || 'that https has'}`, () => {
      expect(marked('problem', findings({ url: `https://example.org${port}/webhook` }))).to.deep.equal([]);
    });
  }

  const addresses: [address: string, reachable: boolean][] = [
    ['10.1.2.3', false],
    ['172.31.255.1', false],
    ['192.168.0.9', false],
    ['127.0.0.1', false],
    ['169.254.1.1', false],
    ['100.64.0.1', false],
    ['172.32.0.1', true],
    ['203.0.113.7', true],
    ['<unknown>', true],
  ];
  for (const [ip_address, reachable] of addresses) {
    it(`have ${reachable ? 'no' : 'a'} problem with the address ${ip_address}`, () => {
      expect(marked('problem', findings({ ip_address }))).to.have.length(reachable ? 0 : 1);
    });
  }

  const errors: [message: string, advice: RegExp][] = [
    ['Wrong response from the webhook: 401 Unauthorized', /another secret/],
    ['Wrong response from the webhook: 403 Forbidden', /AllowedNetworks/],
    ['Wrong response from the webhook: 404 Not Found', /ends with \/webhook/],
    ['Wrong response from the webhook: 302 Found', /redirections/],
    ['Wrong response from the webhook: 410 Gone', /23 hours/],
    ['Wrong response from the webhook: 429 Too Many Requests', /nothing is lost/],
    ['Wrong response from the webhook: 502 Bad Gateway', /ingest function's log/],
    ['SSL error {error:0A000086:SSL routines::certificate verify failed}', /whole chain/],
    ['Failed to resolve host: Name or service not known', /public IPv4 address/],
    ['IP address 10.0.0.1 is reserved', /public IPv4 address/],
    ['Connection timed out', /reachable from the internet/],
    ['Webhook connection closed', /reachable from the internet/],
  ];
  for (const [last_error_message, advice] of errors) {
    it(`have a problem with advice for ${last_error_message}`, () => {
      const info = { last_error_date: now - 150, last_error_message, pending_update_count: 2 };
      const [problem] = marked('problem', findings(info));
      expect(problem?.text).to.equal(`a delivery failed 2 min ago: ${last_error_message}`);
      expect(problem?.advice).to.match(advice);
    });
  }

  it('hold an error for past when no update waits any more, since Telegram keeps the last one', () => {
    const info = { last_error_date: now - 7200, last_error_message: 'Connection timed out' };
    expect(marked('problem', findings(info))).to.deep.equal([]);
    expect(marked('note', findings(info))[0]?.text).to.equal(
      'a delivery failed 2 h ago: Connection timed out; no update waits any more',
    );
  });

  const counts: [pending: number, earlier: number | undefined, mark: Finding['mark'], text: string][] = [
    [0, undefined, 'fine', 'no update waits'],
    [1, undefined, 'warning', '1 update waits'],
    [1234, undefined, 'warning', '1,234 updates wait'],
    [5, 5, 'warning', '5 updates wait'],
    [7, 5, 'warning', '7 updates wait, 2 more than a moment ago: they come faster than they are taken'],
    [2, 5, 'fine', '2 updates wait, 3 less than a moment ago'],
  ];
  for (const [pending, earlier, mark, text] of counts) {
    it(`tell of ${pending} waiting updates after ${earlier ?? 'no other reading'}`, () => {
      const context = earlier === undefined ? {} : { earlierPending: earlier };
      expect(findings({ pending_update_count: pending }, context)).to.deep.include({ mark, text });
    });
  }

  it('name the kinds that Telegram keeps back when none are asked for', () => {
    const { allowed_updates: _, ...info } = healthy;
    const [warning] = marked('warning', [...webhookFindings(info, { now })]);
    expect(warning?.text).to.equal(
      'not asked for, so lost to the lake: message_reaction, message_reaction_count, chat_member',
    );
  });

  it('have a problem where edits are not asked for', () => {
    const [problem] = marked('problem', findings({ allowed_updates: ['message'] }));
    expect(problem?.text).to.include('edited_message').and.to.include('message_reaction');
  });

  it('tell of trouble within Telegram while it is recent', () => {
    const text = 'Telegram itself had trouble fetching updates, 10 s ago; it goes on by itself';
    expect(findings({ last_synchronization_error_date: now - 10 })).to.deep.include({
      mark: 'warning',
      text,
    });
    expect(marked('warning', findings({ last_synchronization_error_date: now - 86_400 }))).to.deep.equal([]);
  });
});
