import { expect } from 'chai';
import type { EventRow } from '../../src/lake/event-columns.ts';
import type { Value } from '../../src/query/query-runner.ts';
import { event } from '../../tools/fixtures/event-rows.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { askedLake } from '../support/asked-lake.ts';

describe('reactions', () => {
  const ask = askedLake();
  const answer = async (...events: EventRow[]): Promise<readonly (readonly Value[])[]> =>
    (await ask('reactions', [], undefined, events)).rows;

  const added = (fields: Parameters<typeof event>[0]) =>
    event({ event: 'reaction_added', kind: 'message_reaction', message_id: 1, reaction: '👍', ...fields });
  const removed = (fields: Parameters<typeof event>[0]) => added({ event: 'reaction_removed', ...fields });

  it('counts the reactions that stand, not those changed or taken back', async () => {
    expect(
      await answer(
        added({}),
        removed({ at: '2026-11-22 12:01' }),
        added({ reaction: '❤', at: '2026-11-22 12:01' }),
        added({ message_id: 2 }),
        removed({ message_id: 2, at: '2026-11-22 12:01' }),
        added({ message_id: 2, user_id: 12 }),
        added({ message_id: 3, user_id: 12 }),
      ),
    ).to.deep.equal([
      ['👍', 2, 2, 1],
      ['❤', 1, 1, 1],
    ]);
  });

  it('takes the later change by its time, and of one second by its update', async () => {
    expect(
      await answer(
        removed({ at: '2026-11-22 12:01', update_id: 1 }),
        added({ at: '2026-11-22 12:00', update_id: 2 }),
        removed({ message_id: 2, update_id: 3 }),
        added({ message_id: 2, update_id: 4 }),
      ),
    ).to.deep.equal([['👍', 1, 1, 1]]);
  });

  it('counts all of one person, custom ones apart by their id, and those given as a chat', async () => {
    expect(
      await answer(
        added({}),
        added({ reaction: 'custom_emoji', data: '1' }),
        added({ reaction: 'custom_emoji', data: '2' }),
        added({ reaction: 'paid', user_id: null, sender_chat_id: -1001234567890 }),
      ),
    ).to.deep.equal([
      ['custom_emoji', 2, 1, 1],
      ['paid', 1, 1, 1],
      ['👍', 1, 1, 1],
    ]);
  });

  it('counts once what both the webhook and an export tell', async () => {
    expect(
      await answer(
        added({}),
        added({ source: 'import' }),
        added({ source: 'import', user_id: 12, date: null }),
      ),
    ).to.deep.equal([['👍', 2, 1, 2]]);
  });

  it('looks back four weeks from the newest day of either table', async () => {
    const events = [added({ at: '2026-10-25 12:00' }), added({ reaction: '🎉', at: '2026-10-26 12:00' })];
    const newest = event({ event: 'poll_counted', kind: 'poll' });
    expect(await answer(...events, newest)).to.deep.equal([['🎉', 1, 1, 1]]);
    expect((await ask('reactions', [message({})], undefined, events)).rows).to.deep.equal([['🎉', 1, 1, 1]]);
  });

  it('passes over counts, other events, and those of nobody or of no message', async () => {
    expect(
      await answer(
        added({}),
        event({ event: 'reactions_counted', message_id: 2, user_id: null, reaction: '👍', amount: 9 }),
        event({ event: 'joined', message_id: 3 }),
        added({ message_id: 4, user_id: null }),
        added({ message_id: null }),
      ),
    ).to.deep.equal([['👍', 1, 1, 1]]);
  });
});
