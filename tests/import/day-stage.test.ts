import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { DayStage } from '../../src/import/day-stage.ts';
import { importLine } from '../../src/lake/import-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('day stage', () => {
  const folder = temporaryFolder();
  const second = (n: number) => `202611220000${String(n).padStart(2, '0')}`;
  const line = (n: number, messageId: number, text = 'é'.repeat(n)) =>
    importLine(
      { updateId: null, kind: 'message', payload: { message_id: messageId, text }, second: second(n) },
      '{}',
    );
  const linesOf = async (stage: DayStage, chatId: number, day: string) =>
    Buffer.concat(await Array.fromAsync(stage.text(chatId, day)))
      .toString('utf8')
      .split('\n')
      .slice(0, -1);

  it('sorts lines into days by second, then by id, in whatever order they come', async () => {
    const message = fc.record({
      chat: fc.constantFrom(-1, 7),
      day: fc.constantFrom('a', 'b'),
      n: fc.nat(59),
      id: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(message, { selector: ({ n, id }) => `${n}/${id}` }),
        async (messages) => {
          const stage = new DayStage(folder());
          for (const { chat, day, n, id } of messages) stage.add(chat, day, second(n), id, line(n, id));
          const sorted = messages.toSorted((a, b) => a.n - b.n || a.id - b.id);
          for (const chat of [-1, 7]) {
            const own = sorted.filter((message) => message.chat === chat);
            expect(stage.days(chat)).to.deep.equal([...new Set(own.map(({ day }) => day))].toSorted());
            for (const day of ['a', 'b']) {
              const expected = own.filter((message) => message.day === day).map(({ n, id }) => line(n, id));
              expect(await linesOf(stage, chat, day)).to.deep.equal(expected);
              await stage.discard(chat, day);
            }
          }
          expect(readdirSync(folder())).to.deep.equal([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes lines longer than what it holds in memory', async () => {
    const stage = new DayStage(folder());
    const long = line(2, 2, 'x'.repeat(300_000));
    const lines = [line(1, 1), long, line(3, 3)];
    for (const [index, text] of lines.entries()) stage.add(-1, 'a', second(index + 1), index + 1, text);
    expect(await linesOf(stage, -1, 'a')).to.deep.equal(lines);
  });
});
