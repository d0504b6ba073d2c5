import type { ChecklistTask, PollOption, RichBlock, RichText } from '@grammyjs/types';
import { expect } from 'chai';
import { contentsWithText, contentText } from '../../src/telegram/content-text.ts';

const rich = (...blocks: unknown[]) => contentText('rich_message', { blocks });
const paragraph = (text: RichText): RichBlock => ({ type: 'paragraph', text });

describe('content text', () => {
  it('is the question, the description and the options of a poll', () => {
    const options = [{ text: 'Sábado' }, { text: 'Domingo' }] as PollOption[];
    const poll = { question: 'Qual dia?', description: 'Do encontro', options };
    expect(contentText('poll', poll)).to.equal('Qual dia?\nDo encontro\nSábado\nDomingo');
    expect(contentText('poll_option_added', { option_text: 'Sexta' })).to.equal('Sexta');
  });

  it('is the title and the tasks of a checklist', () => {
    const tasks = [
      { id: 1, text: 'comprar pão' },
      { id: 2, text: 'avisar a turma' },
    ] satisfies ChecklistTask[];
    expect(contentText('checklist', { title: 'Sábado', tasks })).to.equal(
      'Sábado\ncomprar pão\navisar a turma',
    );
    expect(contentText('checklist_tasks_added', { tasks: tasks.slice(1) })).to.equal('avisar a turma');
  });

  it('is the name of a topic or a group, and the words that come with a gift', () => {
    expect(contentText('forum_topic_created', { name: 'Avisos', icon_color: 1 })).to.equal('Avisos');
    expect(contentText('forum_topic_edited', { name: 'Avisos 2' })).to.equal('Avisos 2');
    expect(contentText('new_chat_title', 'Dados 2')).to.equal('Dados 2');
    expect(contentText('gift', { text: 'parabéns' })).to.equal('parabéns');
  });

  it('is a rich message line by line, its formatted words in one piece', () => {
    const blocks: RichBlock[] = [
      { type: 'heading', text: 'Instalar', size: 1 },
      paragraph([
        'Rode ',
        { type: 'code', text: 'npm ci' },
        ', e re',
        { type: 'bold', text: ['in', { type: 'italic', text: 'icie' }] },
        { type: 'custom_emoji', custom_emoji_id: '5', alternative_text: ' 🙂' },
      ]),
      { type: 'divider' },
      {
        type: 'list',
        items: [
          { label: '1.', blocks: [paragraph('primeiro')] },
          { label: '2.', blocks: [paragraph('segundo'), { type: 'pre', text: 'ls\npwd' }] },
        ],
      },
      {
        type: 'table',
        cells: [
          [
            { text: 'dia', align: 'left', valign: 'top' },
            { text: ['ho', 'ra'], align: 'left', valign: 'top' },
          ],
        ],
        caption: 'Horários',
      },
      { type: 'blockquote', blocks: [paragraph('citado')], credit: 'Ana' },
      { type: 'details', summary: 'Mais', blocks: [paragraph('escondido')] },
      { type: 'mathematical_expression', expression: 'x^2' },
      { type: 'buttons', buttons: [{ text: 'Abrir', url: 'https://example.org' }] },
    ];
    expect(rich(...blocks)?.split('\n')).to.deep.equal([
      'Instalar',
      'Rode npm ci, e reinicie 🙂',
      'primeiro',
      'segundo',
      'ls',
      'pwd',
      'dia\thora',
      'Horários',
      'citado',
      'Ana',
      'Mais',
      'escondido',
      'x^2',
      'Abrir',
    ]);
  });

  it('is none where there are no words, or not where the Bot API has them', () => {
    for (const type of contentsWithText) {
      for (const value of [
        null,
        5,
        [],
        {},
        { text: 5, options: {}, tasks: [null], blocks: [[], 'x', null] },
      ]) {
        expect(contentText(type, value), `${type} ${JSON.stringify(value)}`).to.equal(undefined);
      }
    }
    expect(contentText('photo', { text: 'x' })).to.equal(undefined);
    expect(contentText('constructor', { text: 'x' })).to.equal(undefined);
  });
});
