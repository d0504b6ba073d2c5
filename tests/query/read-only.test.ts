import { expect } from 'chai';
import { QueryError } from '../../src/query/query-runner.ts';
import { assertReads } from '../../src/query/read-only.ts';

describe('assertReads', () => {
  const reading = [
    'SELECT 1',
    'select 1',
    '  -- a note\n/* and\nanother */ (SELECT 1)',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'VALUES 1',
    'SHOW TABLES',
    'DESCRIBE messages',
  ];
  for (const sql of reading) {
    it(`accepts ${JSON.stringify(sql)}`, () => {
      expect(() => assertReads(sql)).not.to.throw();
    });
  }

  // What Athena's reference lists beside these: https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html
  const others = [
    '',
    '-- SELECT 1',
    'INSERT INTO telegram SELECT 1',
    "UNLOAD (SELECT 1) TO 's3://bucket/' WITH (format = 'PARQUET')",
    'CREATE TABLE a AS SELECT 1',
    'CREATE OR REPLACE VIEW messages AS SELECT 1',
    'DROP TABLE telegram',
    'ALTER TABLE telegram ADD COLUMNS (a int)',
    'MSCK REPAIR TABLE telegram',
    'DELETE FROM telegram',
    'UPDATE telegram SET text = NULL',
    'MERGE INTO telegram USING a ON true WHEN MATCHED THEN DELETE',
    'EXPLAIN ANALYZE INSERT INTO telegram SELECT 1',
    'EXECUTE prepared',
    'PREPARE a FROM DROP TABLE telegram',
    'USE other',
  ];
  for (const sql of others) {
    it(`throws for ${JSON.stringify(sql)}`, () => {
      expect(() => assertReads(sql)).to.throw(QueryError, /Nothing was changed/);
    });
  }
});
