import { expect } from 'chai';
import type { MessageRow } from '../../../src/lake/columns.ts';
import { anonymous } from '../../../src/report/data/people.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { groupsFigure, headingOf } from '../../../src/report/page/groups.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { askedLake } from '../../support/asked-lake.ts';

const school = { chat_id: -1001, chat_title: 'Turma 7 <b>' };
const club = { chat_id: -1002, chat_title: 'Clube' };
const rows = [
  message({
    ...school,
    message_id: 1,
    chat_title: 'Turma',
    at: '2026-11-20 09:00',
    text: 'Onde fica a tabela?',
  }),
  message({
    ...school,
    message_id: 2,
    user_id: 12,
    at: '2026-11-20 09:05',
    text: 'No bucket',
    reply_to_message_id: 1,
  }),
  message({
    ...school,
    message_id: 3,
    at: '2026-11-20 09:06',
    text: 'Deu certo, valeu!',
    reply_to_message_id: 2,
  }),
  message({ ...school, message_id: 4, at: '2026-11-21 21:00', text: 'Qual é o prazo de entrega?' }),
  message({ ...club, message_id: 1, at: '2026-11-22 20:00', text: 'Bom dia' }),
];

describe('the groups of a lake', () => {
  const ask = askedLake();
  const results = async (of: readonly MessageRow[]) => new Map([['groups', await ask('groups', of)]]);

  it('are compared in one row each, with the newest title, the busiest hour and the questions', async () => {
    expect((await ask('groups', rows)).rows).to.deep.equal([
      [-1001, 'Turma 7 <b>', '2026-11-20', '2026-11-21', 4, 2, 9, 2, 50, 50],
      [-1002, 'Clube', '2026-11-22', '2026-11-22', 1, 1, 20, 0, null, null],
    ]);
  });

  it('give the page of one group its name as the heading, and no table', async () => {
    const one = await results(rows.filter(({ chat_id }) => chat_id === school.chat_id));
    expect(headingOf(one, english)).to.equal('Turma 7 <b>');
    expect(groupsFigure(one, english)).to.equal(undefined);
  });

  it('leave the heading of a private chat, and of no message, to the page', async () => {
    expect(headingOf(await results([message({ chat_id: 9, chat_type: 'private' })]), english)).to.equal(
      undefined,
    );
    expect(headingOf(await results([]), english)).to.equal(undefined);
  });

  it('stand side by side with a warning where the page adds several up', async () => {
    const both = await results(rows);
    expect(headingOf(both, portuguese)).to.equal('A história de 2 grupos');
    const text = groupsFigure(both, english)?.html.text;
    expect(text)
      .to.include('All other parts of this page add up 2 groups.')
      .and.include('Turma 7 &lt;b&gt;')
      .and.include('Clube')
      .and.not.include('-1001');
  });

  it('have no titles in an anonymous page', async () => {
    const hidden = anonymous(await results(rows), new Uint8Array(32), english);
    expect(groupsFigure(hidden, english)?.html.text).to.not.match(/Turma|Clube/);
    expect(
      headingOf(anonymous(await results(rows.slice(0, 4)), new Uint8Array(32), english), english),
    ).to.equal(undefined);
  });
});
