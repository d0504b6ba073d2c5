import { expect } from 'chai';
import { exportedReactions } from '../../../src/telegram/export/export-reactions.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: '' } as const;

describe('exportedReactions', () => {
  it('reads emoji and custom emoji with their counts, and whom the export names', () => {
    const exported = {
      date: '2026-11-22T12:00:00',
      date_unixtime: '1795359600',
      reactions: [
        {
          type: 'emoji',
          count: 2,
          emoji: '👍',
          recent: [
            { from: 'Ana', from_id: 'user11', date: '2026-11-22T12:00:05' },
            { from: null, from_id: 'channel22', date: 'yesterday' },
            { from: 'nobody' },
          ],
        },
        { type: 'custom_emoji', count: 1, document_id: '(File not included)' },
      ],
    };
    expect(exportedReactions(exported, chat)).to.deep.equal([
      {
        reaction: { type: 'emoji', emoji: '👍' },
        count: 2,
        recent: [
          { peer: { kind: 'user', id: 11 }, name: 'Ana', atSeconds: 1795359605 },
          { peer: { kind: 'chat', id: -1000000000022 }, name: undefined, atSeconds: undefined },
        ],
      },
      {
        reaction: { type: 'custom_emoji', custom_emoji_id: '(File not included)' },
        count: 1,
        recent: [],
      },
    ]);
  });

  it('gives none of a message without reactions, or with what are none', () => {
    for (const reactions of [undefined, null, {}, 'a', [5, null]]) {
      expect(exportedReactions({ reactions }, chat)).to.deep.equal([]);
    }
  });

  it('leaves the time out where the message itself has only a local one', () => {
    const recent = [{ from: 'Ana', from_id: 'user11', date: '2026-11-22T12:00:05' }];
    const exported = { date: '2026-11-22T12:00:00', reactions: [{ type: 'emoji', emoji: '👍', recent }] };
    expect(exportedReactions(exported, chat)[0]?.recent[0]?.atSeconds).to.equal(undefined);
  });
});
