import { dirname } from 'node:path';
import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.ts';
import { lakeRunner } from '../../../src/cli/lake/lake-runner.ts';
import { type LargeDays, largeDays } from '../../../src/cli/serve/large-days.ts';
import { watchDays } from '../../../src/cli/serve/watch-days.ts';
import { runDay } from '../../../src/etl/run-day.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { folderStore } from '../../../src/storage/folder-store.ts';
import { messageUpdate, noon, sentMessage, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { contentsOf } from '../../support/contents.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const day = '2026-11-22';

type Between = (from: number, to: number) => number;

/** A message, an edit of one, a join, a reaction, or a leave. Several messages share a second. */
function randomUpdate(sent: Set<number>, between: Between): Record<string, unknown> {
  const id = between(1, 12);
  const person = { id: between(5, 7), is_bot: false, first_name: 'Bia' };
  // What tells of a join has no text, and nobody can edit it.
  const isJoin = id % 4 === 0;
  const join = isJoin ? { text: undefined, new_chat_members: [{ ...person, id }] } : {};
  const message = sentMessage(id, { date: noon + id - (id % 3), ...join });
  const { chat, date } = message;
  const member = (status: string) => ({ status, user: person });
  const emoji = [{ type: 'emoji', emoji: '👍' }];
  if (!sent.has(id) && between(1, 3) > 1) {
    sent.add(id);
    return { message };
  }
  const updates = [
    { message_reaction: { message_id: id, chat, date, user: person, old_reaction: [], new_reaction: emoji } },
    {
      chat_member: {
        ...{ chat, from: person, date: noon + between(0, 20) },
        ...{ old_chat_member: member('member'), new_chat_member: member('left') },
      },
    },
  ];
  const text = `edit ${between(1, 100)}`;
  if (!isJoin)
    updates.push({ edited_message: { ...message, edit_date: noon + between(100, 105), text } } as never);
  return updates[between(0, updates.length - 1)] ?? {};
}

describe('a day that is too large to be rebuilt for each message', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  let large: LargeDays;
  const told: string[] = [];
  beforeEach(() => {
    lake = createLake(folder(), undefined);
    told.length = 0;
  });
  afterEach(() => large.stop());

  const serve = (options: Partial<Parameters<typeof largeDays>[1]> = {}) => {
    large = largeDays(lake, {
      from: 3,
      onChange: () => told.push('changed'),
      onLarge: (of, rawObjects) => told.push(`${of} has ${rawObjects}`),
      onFailure: (error) => told.push((error as Error).message),
      ...options,
    });
    return large;
  };
  const rebuilt = async () => large.note(await runDay(day, lake));

  /** All rows of both tables, as queries see them. */
  async function answers(fresh?: string) {
    const runner = await lakeRunner(lake, {}, fresh === undefined ? {} : { fresh });
    try {
      const all = await runner.runAll([
        'SELECT * FROM telegram ORDER BY "date", chat_id, message_id',
        'SELECT * FROM telegram_events ORDER BY update_id, event, reaction, arrived_at',
      ]);
      return all.map(({ rows }) => rows);
    } finally {
      runner.close();
    }
  }

  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
  for (const seed of seeds) {
    it(`shows at once what a rebuild would show, whatever comes: seed ${seed}`, async () => {
      const { between, chance, pick } = seededRandom(seed);
      const sent = new Set<number>();
      const delivered: (ReturnType<typeof randomUpdate> & { readonly update_id: number })[] = [];
      const deliver = (): Promise<string> => {
        const again = delivered.length > 0 && chance(0.1);
        const update = again
          ? pick(delivered)
          : { update_id: delivered.length + 1, ...randomUpdate(sent, between) };
        if (!again) delivered.push(update);
        return storeUpdate(lake.raw, update);
      };
      serve();
      for (let count = 0; count < 15; count++) await deliver();
      await rebuilt();
      for (let batch = 0; batch < 3; batch++) {
        const keys: string[] = [];
        for (let count = between(1, 6); count > 0; count--) keys.push(await deliver());
        await large.add(day, keys);
      }
      const atOnce = await answers(large.fresh);
      await runDay(day, lake);
      expect(atOnce).to.deep.equal(await answers());
    });
  }

  it('is named once, takes the changes from the watch, and leaves its files alone meanwhile', async () => {
    serve();
    for (const id of [1, 2, 3]) await storeUpdate(lake.raw, messageUpdate(id));
    await rebuilt();
    await rebuilt();
    const files = await contentsOf(lake.enriched);
    const days = watchDays(lake, { onRebuilt: () => told.push('rebuilt'), onFailure: () => {}, large });
    days.begin();
    days.changed(await storeUpdate(lake.raw, messageUpdate(4)));
    await until(() => told.length > 1);
    expect(told).to.deep.equal([`${day} has 3`, 'changed']);
    expect((await answers(large.fresh))[0]).to.have.lengthOf(4);
    expect(await contentsOf(lake.enriched)).to.deep.equal(files);
    await days.stop();
    expect((await answers())[0]).to.have.lengthOf(4);
  });

  it('is rebuilt by another process after a while, to the bytes of any other rebuild', async () => {
    serve({ restMilliseconds: 10 });
    for (const id of [1, 2, 3]) await storeUpdate(lake.raw, messageUpdate(id));
    await rebuilt();
    await large.add(day, [await storeUpdate(lake.raw, messageUpdate(4))]);
    const version = large.version();
    await until(() => large.version() > version);
    const files = await contentsOf(lake.enriched);
    expect(await answers()).to.deep.equal(await answers(large.fresh));
    expect(await contentsOf(folderStore(dirname(large.fresh), 'enriched'))).to.deep.equal({});
    await runDay(day, { ...lake, force: true });
    expect(await contentsOf(lake.enriched)).to.deep.equal(files);
  });

  it('keeps its newest rows when the rebuild fails, and those that came while it ran', async () => {
    let fails = true;
    serve({
      restMilliseconds: 5,
      async rebuild() {
        await runDay(day, lake);
        await large.add(day, [await storeUpdate(lake.raw, messageUpdate(fails ? 5 : 6))]);
        if (fails) throw new Error('out of order');
      },
    });
    for (const id of [1, 2, 3]) await storeUpdate(lake.raw, messageUpdate(id));
    await rebuilt();
    await large.add(day, [await storeUpdate(lake.raw, messageUpdate(4))]);
    await until(() => told.includes('out of order'));
    expect((await answers(large.fresh))[0]).to.have.lengthOf(5);
    fails = false;
    await until(() => told.at(-1) === 'changed' && told.lastIndexOf('out of order') < told.length - 3);
    expect((await answers(large.fresh))[0]).to.have.lengthOf(6);
  });
});
