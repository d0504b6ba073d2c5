import { expect } from 'chai';
import { viewsFolder } from '../../src/query/query-catalog.ts';
import { savedViews, viewsOf, withViews } from '../../src/query/views.ts';

describe('views', () => {
  const views = savedViews(viewsFolder);
  const namesOf = (sql: string) => viewsOf(sql, views).map(({ name }) => name);

  it('come each after those that they name', () => {
    expect(views.map(({ name }) => name)).to.deep.equal([
      'messages',
      'questions',
      'answers',
      'authors',
      'events',
      'confirmations',
      'similar_questions',
      'question_states',
    ]);
  });

  it('are those that a statement names, and those that these name', () => {
    expect(namesOf('SELECT 1 FROM telegram')).to.deep.equal([]);
    expect(namesOf('SELECT 1 FROM messages AS m')).to.deep.equal(['messages']);
    expect(namesOf('SELECT 1 FROM telegram AS t, messages AS m')).to.deep.equal(['messages']);
    expect(namesOf('SELECT messages, answers FROM telegram')).to.deep.equal([]);
    expect(namesOf('SELECT 1 FROM telegram JOIN answers ON true')).to.include.members([
      'questions',
      'answers',
    ]);
    expect(namesOf('WITH questions AS (SELECT 1) SELECT * FROM questions')).to.deep.equal([]);
  });

  it('stand before a statement as common table expressions, and alone where it needs none', () => {
    const two = [
      { name: 'a', description: '', sql: 'SELECT 1 AS x' },
      { name: 'b', description: '', sql: 'SELECT x\nFROM a' },
    ];
    expect(withViews('SELECT 2', two)).to.equal('SELECT 2');
    expect(withViews('SELECT x FROM b', two)).to.equal(
      'WITH a AS (\n  SELECT 1 AS x\n),\nb AS (\n  SELECT x\n  FROM a\n)\nSELECT x FROM b',
    );
    expect(withViews('WITH c AS (SELECT x FROM a)\nSELECT x FROM c', two)).to.equal(
      'WITH a AS (\n  SELECT 1 AS x\n),\nc AS (SELECT x FROM a)\nSELECT x FROM c',
    );
  });
});
