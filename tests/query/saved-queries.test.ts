import { expect } from 'chai';
import { inTimeZone } from '../../src/query/query-catalog.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { askedLake, columnNames, queries, views } from '../support/asked-lake.ts';

const group = -1001234567890;

describe('saved queries', () => {
  const ask = askedLake();

  for (const { file, name, description, sql } of queries) {
    it(`${file}: answers an empty lake with no rows`, async () => {
      expect((await ask(file, [])).rows).to.deep.equal([]);
    });

    it(`${file}: survives a message of which nothing is known`, async () => {
      const nothing = message({ message_id: 1 });
      for (const name of Object.keys(nothing)) if (name !== 'date') Object.assign(nothing, { [name]: null });
      // One row for each of its measures, however little there is to measure.
      const most = file === 'data-quality' ? 7 : 1;
      expect((await ask(file, [nothing])).rows.length).to.be.at.most(most);
    });

    it(`${file}: answers alike in whatever order the engine meets the rows`, async () => {
      // Much alike on purpose: names, hours and counts are tied.
      const rows = Array.from({ length: 24 }, (_, index) =>
        message({
          message_id: 1 + index,
          user_id: 11 + (index % 4),
          user_first_name: index % 2 === 0 ? 'Ana' : 'Bia',
          text: index % 3 === 0 ? `como instalo o pacote ${index % 2}?` : 'bom dia',
          at: `2026-11-${20 + (index % 3)} ${10 + (index % 5)}:00`,
        }),
      );
      expect(await ask(file, rows.toReversed())).to.deep.equal(await ask(file, rows));
    });

    it(`${file}: is ASCII, which CloudFormation gives back as it was, and has no parameter of its own`, () => {
      expect(name + description + sql).to.match(/^[\x20-\x7e\n]+$/);
      expect(sql).not.to.include('${');
    });
  }

  it('name one time zone, which can be replaced by another', () => {
    const zoned = [...queries, ...views].filter(({ sql }) => sql.includes('from_unixtime'));
    expect(zoned).to.have.length(3);
    for (const { sql } of zoned) {
      const calls = sql.split('from_unixtime(').length - 1;
      expect(inTimeZone(sql, 'Asia/Kolkata').split("'Asia/Kolkata'").length - 1).to.equal(calls);
      expect(inTimeZone(sql, 'Asia/Kolkata')).not.to.include('Sao_Paulo');
    }
    expect(() => inTimeZone('SELECT 1', "x'y")).to.throw(RangeError);
    expect(inTimeZone("'America/Sao_Paulo'", '$&')).to.equal("'$&'");
  });

  describe('messages-per-day', () => {
    it('counts by local day, newest first', async () => {
      const result = await ask('messages-per-day', [
        message({ at: '2026-11-21 23:59:59', message_id: 1 }),
        message({ at: '2026-11-22 00:00:00', message_id: 2 }),
        message({ at: '2026-11-22 23:59:59', message_id: 3 }),
      ]);
      expect(columnNames(result)).to.deep.equal(['context_date', 'message_amount']);
      expect(result.rows).to.deep.equal([
        ['2026-11-22', 2],
        ['2026-11-21', 1],
      ]);
    });
  });

  describe('messages-per-user-per-day', () => {
    it('counts people by id under their newest name, and posts of a chat under the chat', async () => {
      const admin = {
        user_id: 1087968824,
        user_is_bot: true,
        user_first_name: 'Group',
        sender_chat_id: group,
        sender_chat_title: 'Dados',
      };
      const result = await ask('messages-per-user-per-day', [
        message({ message_id: 1, user_id: 12, user_first_name: 'Bia', at: '2026-11-22 09:00' }),
        message({ message_id: 2, user_id: 11, user_first_name: 'Ana', at: '2026-11-22 09:01' }),
        message({ message_id: 3, user_id: 11, user_first_name: 'Ana Paula', at: '2026-11-22 09:02' }),
        message({ message_id: 4, user_id: 13, user_first_name: 'Ana', at: '2026-11-22 09:03' }),
        message({ message_id: 5, ...admin, at: '2026-11-22 09:04' }),
        message({
          message_id: 6,
          ...admin,
          sender_chat_id: -1002,
          sender_chat_title: null,
          at: '2026-11-22 09:05',
        }),
        message({ message_id: 7, user_id: 11, user_first_name: 'Ana Paula', at: '2026-11-21 09:00' }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'user_id',
        'user_first_name',
        'context_date',
        'message_amount',
      ]);
      expect(result.rows).to.deep.equal([
        [11, 'Ana Paula', '2026-11-22', 2],
        [group, 'Dados', '2026-11-22', 1],
        [-1002, 'Group', '2026-11-22', 1],
        [12, 'Bia', '2026-11-22', 1],
        [13, 'Ana', '2026-11-22', 1],
        [11, 'Ana Paula', '2026-11-21', 1],
      ]);
    });
  });

  describe('average-message-length-per-user-per-day', () => {
    it('averages the characters of texts and captions, and rounds half up', async () => {
      const result = await ask('average-message-length-per-user-per-day', [
        message({ message_id: 1, text: 'olá😀' }), // 4 characters: an accent and an emoji are one each
        message({ message_id: 2, text: '12345' }),
        message({ message_id: 3, user_id: 12, user_first_name: 'Bia', caption: '123456' }),
        message({ message_id: 4, user_id: 12, user_first_name: 'Bia' }), // a sticker
        message({ message_id: 5, user_id: 13, user_first_name: 'Caio' }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'user_id',
        'user_first_name',
        'context_date',
        'average_message_length',
      ]);
      expect(result.rows).to.deep.equal([
        [12, 'Bia', '2026-11-22', 6],
        [11, 'Ana', '2026-11-22', 5],
      ]);
    });
  });

  describe('messages-per-hour-weekday-week', () => {
    it("goes by the group's own clock and by ISO weeks", async () => {
      const result = await ask('messages-per-hour-weekday-week', [
        message({ at: '2026-11-22 21:30', message_id: 1 }), // a Sunday; 00:30 of Monday in UTC
        message({ at: '2026-11-22 21:59', message_id: 2 }),
        message({ at: '2026-12-31 23:59', message_id: 3 }), // a Thursday
        message({ at: '2027-01-01 00:00', message_id: 4 }), // still in week 53 of 2026
        message({ at: '2027-01-04 00:00', message_id: 5 }), // the first Monday
      ]);
      expect(columnNames(result)).to.deep.equal([
        'parsed_date_hour',
        'parsed_date_weekday',
        'parsed_date_weeknum',
        'message_amount',
      ]);
      expect(result.rows).to.deep.equal([
        [0, 1, 1, 1],
        [21, 7, 47, 2],
        [23, 4, 53, 1],
        [0, 5, 53, 1],
      ]);
    });

    it('takes another zone', async () => {
      const rows = [message({ at: '2026-11-22 21:30' })];
      const result = await ask('messages-per-hour-weekday-week', rows, 'UTC');
      expect(result.rows).to.deep.equal([[0, 1, 48, 1]]);
    });
  });

  describe('busiest-hour', () => {
    it('ranks the hours, the earlier first of two alike', async () => {
      const result = await ask('busiest-hour', [
        message({ at: '2026-11-20 20:00', message_id: 1 }),
        message({ at: '2026-11-21 20:59', message_id: 2 }),
        message({ at: '2026-11-22 20:30', message_id: 3, user_id: 12 }),
        message({ at: '2026-11-22 23:10', message_id: 4 }),
        message({ at: '2026-11-22 09:10', message_id: 5 }),
        message({ at: '2026-11-22 00:00', message_id: 6 }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'hour_of_day',
        'message_amount',
        'message_share_percent',
        'user_amount',
      ]);
      expect(result.rows).to.deep.equal([
        [20, 3, 50, 2],
        [0, 1, 16.7, 1],
        [9, 1, 16.7, 1],
        [23, 1, 16.7, 1],
      ]);
    });
  });

  describe('messages-per-topic', () => {
    it('calls a topic by its newest name, and a thread without one by its first words', async () => {
      const topic = { message_thread_id: 5, chat_id: group };
      const result = await ask('messages-per-topic', [
        message({
          ...topic,
          message_id: 5,
          content_type: 'forum_topic_created',
          content_text: 'Avisos',
          at: '2026-11-20 09:00',
        }),
        message({ ...topic, message_id: 6, text: 'bem-vindos' }),
        message({ ...topic, message_id: 7, content_type: 'forum_topic_edited', content_text: 'Avisos 2' }),
        message({ ...topic, message_id: 8, content_type: 'forum_topic_edited' }),
        message({ message_id: 20, message_thread_id: 19, content_type: 'poll', content_text: 'Qual dia?' }),
        message({ message_id: 21, message_thread_id: 19, text: 'sábado' }),
      ]);
      expect(result.rows.map(([thread, opening, messages]) => [thread, opening, messages])).to.deep.equal([
        [5, 'Avisos 2', 4],
        [19, 'Qual dia?', 2],
      ]);
    });
  });

  describe('messages of an impossible date', () => {
    const rows = [
      message({ message_id: 1, at: '2026-11-21 09:10', text: 'a' }),
      message({ message_id: 2, date: null, text: 'b' }),
    ];

    it('are counted by data-quality, and on the day they came', async () => {
      const { rows: measures } = await ask('data-quality', rows);
      expect(measures).to.deep.include(['messages with an impossible date', 1, 2, 50]);
      expect((await ask('messages-per-day', rows)).rows).to.deep.equal([
        ['2026-11-22', 1],
        ['2026-11-21', 1],
      ]);
    });

    it('have no hour', async () => {
      expect((await ask('busiest-hour', rows)).rows).to.deep.equal([[9, 1, 100, 1]]);
      expect((await ask('messages-per-hour-weekday-week', rows)).rows).to.deep.equal([[9, 6, 47, 1]]);
    });
  });
});
