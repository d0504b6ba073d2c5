import { expect } from 'chai';
import fc from 'fast-check';
import { newestVersions } from '../../src/etl/newest-versions.ts';
import type { MessageRow } from '../../src/lake/columns.ts';
import { nulls } from '../../tools/fixtures/message-rows.ts';

const supergroup = -1001234567890;
const basicGroup = -4012345678;

describe('newest versions', () => {
  const received = (values: Partial<MessageRow>) => ({
    ...nulls,
    chat_id: supergroup,
    message_id: 1,
    date: 5,
    update_id: 10,
    user_id: 7,
    ...values,
  });
  const imported = (values: Partial<MessageRow>) =>
    received({ update_id: null, source: 'import', ...values });

  it('is the later edit, whichever update came first', () => {
    const [older, newer] = [
      received({ edit_date: 6, update_id: 11, text: 'older' }),
      received({ edit_date: 7, text: 'newer' }),
    ];
    expect(newestVersions([older, newer, received({ update_id: 12 })])).to.deep.equal([newer]);
  });

  it('is the later update of the same edit', () => {
    const [first, second] = [received({ edit_date: 6 }), received({ edit_date: 6, update_id: 11 })];
    expect(newestVersions([second, first])).to.deep.equal([second]);
  });

  it('keeps messages of different chats or ids, sorted', () => {
    const [a, b, c] = [
      received({ chat_id: supergroup - 1, message_id: 9 }),
      received({}),
      received({ message_id: 2 }),
    ];
    expect(newestVersions([c, b, a])).to.deep.equal([a, b, c]);
  });

  it('prefers what the webhook brought to what was imported', () => {
    expect(newestVersions([imported({}), received({})])).to.deep.equal([received({})]);
    const reaction = imported({ edit_date: 99, text: 'same' });
    expect(newestVersions([reaction, received({ text: 'same' })])).to.deep.equal([
      received({ text: 'same' }),
    ]);
    const stale = imported({ edit_date: 6, text: 'stale' });
    expect(newestVersions([stale, received({ edit_date: 7, text: 'new' })])).to.have.length(1);
    expect(newestVersions([stale, received({ edit_date: 7, text: 'new' })])[0]?.text).to.equal('new');
  });

  it('takes the import for an edit that the webhook missed', () => {
    const missed = imported({ edit_date: 99, caption: 'edited' });
    expect(newestVersions([received({ caption: 'sent' }), missed])).to.deep.equal([missed]);
  });

  it('takes the import for a message that the webhook missed', () => {
    const missed = imported({ message_id: 2 });
    expect(newestVersions([missed, received({})])).to.deep.equal([received({}), missed]);
  });

  it('pairs the messages of a sender one by one where every account numbers them for itself', () => {
    const ours = [
      received({ chat_id: basicGroup, message_id: 501 }),
      received({ chat_id: basicGroup, message_id: 502 }),
    ];
    const theirs = [70, 71, 72].map((message_id) => imported({ chat_id: basicGroup, message_id }));
    expect(newestVersions([...theirs, ...ours])).to.deep.equal([theirs[2], ...ours]);
    const other = imported({ chat_id: basicGroup, message_id: 501, user_id: 8 });
    expect(newestVersions([other, ...ours])).to.deep.equal([ours[0], other, ours[1]]);
  });

  it('does not depend on the order of the rows', () => {
    const row = fc.record({
      chat_id: fc.constantFrom(supergroup, basicGroup),
      message_id: fc.integer({ min: 1, max: 3 }),
      user_id: fc.constantFrom(7, 8),
      edit_date: fc.option(fc.constantFrom(6, 7), { nil: null }),
      update_id: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
    });
    const versions = fc.uniqueArray(row, {
      selector: ({ update_id, chat_id, message_id }) => update_id ?? `${chat_id}/${message_id}`,
    });
    const shuffled = versions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([inOrder, inDisorder]) => {
        const rows = (all: typeof inOrder) =>
          all.map((values) =>
            values.update_id === null
              ? imported({ text: 'export', ...values })
              : received({ text: `${values.update_id}`, ...values }),
          );
        expect(newestVersions(rows(inDisorder))).to.deep.equal(newestVersions(rows(inOrder)));
      }),
    );
  });
});
