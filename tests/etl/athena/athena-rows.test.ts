import { expect } from 'chai';
import { AthenaResultError, athenaRows } from '../../../src/etl/athena/athena-rows.ts';
import type { TimedRow } from '../../../src/etl/timed-row.ts';
import { columns } from '../../../src/lake/columns.ts';
import { athenaCsv } from '../../support/athena-csv.ts';
import { rejection } from '../../support/rejection.ts';

const folder = 'telegram/context_date=2026-11-22/';
const key = (second: number, updateId: number) => `${folder}202611221200${10 + second}-${updateId}.json`;
const values = (messageId: unknown, text: unknown) => [
  ...columns.map(({ name }) => (name === 'message_id' ? messageId : name === 'text' ? text : null)),
  null,
];

describe('rows of a day from Athena', () => {
  const read = (lines: unknown[][], updates = 0): Promise<TimedRow[]> =>
    Array.fromAsync(athenaRows(athenaCsv(lines), updates, '2026-11-22'));

  it('belong to the second of their key, and have the columns by their order', async () => {
    const text = 'a "quoted" text, ção 🙂\n\\ \u0000';
    const rows = await read([[key(0, 1), null, ...values(7, text)]]);
    expect(rows[0]?.second).to.equal(`${folder}20261122120010`);
    expect(rows[0]?.row).to.include({ message_id: 7, text, caption: null });
    expect(Object.keys(rows[0]?.row ?? {})).to.deep.equal(columns.map(({ name }) => name));
  });

  it('tell why an update has none, and of which objects are no updates', async () => {
    const rows = await read([
      [key(0, 1), 'no date'],
      [key(0, 2), 'unreadable'],
      [key(0, 3), 'no identity'],
    ]);
    expect(rows.map(({ row }) => row)).to.deep.equal(['no date', 'unreadable', 'no identity']);
    expect(rows.map(({ unreadableKey }) => unreadableKey)).to.deep.equal([undefined, key(0, 2), undefined]);
  });

  it('are events of what is no message, and of who joined, as the function itself makes them', async () => {
    const callback = {
      id: '1',
      from: { id: 11 },
      data: 'yes',
      message: { message_id: 3, chat: { id: -1001 } },
    };
    const members = [{ id: 12, first_name: 'Bia' }, 'none', {}];
    const joined = columns.map(({ name }) => (name === 'content_type' ? 'new_chat_members' : null));
    const [pressed, service, alone] = await read([
      [key(0, 1), 'not a message', 1, 'callback_query', callback],
      [key(0, 2), null, ...joined, members],
      [key(0, 3), null, ...joined, null],
    ]);
    expect(pressed?.row).to.equal('not a message');
    expect(pressed?.updateId).to.equal(1);
    expect(pressed?.events).to.have.length(1);
    expect(pressed?.events?.[0]).to.include({ event: 'button_pressed', data: 'yes', user_id: 11 });
    expect(pressed?.events?.[0]?.arrived_at).to.equal('2026-11-22 12:00:10');
    expect(service?.eventsOfMessage?.map(({ user_id }) => user_id)).to.deep.equal([12, null]);
    expect(alone).not.to.have.property('eventsOfMessage');
  });

  it('leave out blank lines, which an object can have behind its update', async () => {
    const lines = [
      [key(0, 1), null, ...values(1, 'a')],
      [key(0, 1), 'blank'],
    ];
    expect(await read(lines, 1)).to.have.length(1);
  });

  it('are refused when Athena read fewer objects than there are: the day would lose messages', async () => {
    const lines = [
      [key(0, 1), 'no identity'],
      [key(0, 1), 'no identity'],
    ];
    const error = await rejection(read(lines, 2));
    expect(error).to.be.instanceOf(AthenaResultError);
    expect(error.message).to.contain('1 of 2 raw objects').and.contain('FirstDay');
    expect(await rejection(read([], 1))).to.be.instanceOf(AthenaResultError);
    // One that came after the listing is no harm.
    expect(await read([...lines, [key(0, 2), 'no identity']], 1)).to.have.length(3);
  });

  for (const [problem, lines] of Object.entries<unknown[][]>({
    'an update that is none': [[key(0, 1), 'not a message', -1, 'poll', {}]],
    'keys out of order': [
      [key(1, 1), 'no identity'],
      [key(0, 1), 'no identity'],
    ],
    'a key that is none': [[null, 'no identity']],
    'a reason that there is none of': [[key(0, 1), 'constructor']],
    'a value too few': [[key(0, 1), null, ...values(1, 'a').slice(1)]],
    'a string for a number': [[key(0, 1), null, ...values('1', 'a')]],
    'a number for a string': [[key(0, 1), null, ...values(1, 1)]],
  })) {
    it(`are refused with ${problem}`, async () => {
      expect(await rejection(read(lines))).to.be.instanceOf(AthenaResultError);
    });
  }

  for (const [problem, csv] of Object.entries({
    'another column': '"other"\n"[]"\n',
    'a line without quotes': '"line"\n[]\n',
    'an object for an array': '"line"\n"{}"\n',
    'what is no JSON': '"line"\n"[Bom dia"\n',
  })) {
    it(`are refused from a result with ${problem}`, async () => {
      const result = (async function* () {
        yield Buffer.from(csv);
      })();
      const error = await rejection(Array.fromAsync(athenaRows(result, 0, '2026-11-22')));
      expect(error).to.be.instanceOf(AthenaResultError);
      expect(error.message).not.to.contain('Bom');
    });
  }
});
