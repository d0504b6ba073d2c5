/**
 * Statements that teach DuckDB the functions of Trino which the saved queries use, under Trino's names and with
 * Trino's meaning. Athena's engine is Trino, so one SQL text answers alike in both places.
 *
 * `system.main.` names DuckDB's own function where a macro takes its name: without it the macro would call itself.
 * `trino_nfd` is not SQL: the runner registers it.
 *
 * @see https://trino.io/docs/current/functions.html
 */
export const trinoPrelude: readonly string[] = [
  // 7 / 2 is 3 in Trino and 3.5 in DuckDB.
  'SET GLOBAL integer_division = true',

  // Trino gives a timestamp with time zone. The wall clock of that zone is all that its functions below look at.
  // Without a zone it is that of the session: UTC in Athena.
  `CREATE MACRO from_unixtime(unix_seconds) AS make_timestamp(CAST(unix_seconds AS BIGINT) * 1000000),
     (unix_seconds, zone) AS
     (make_timestamp(CAST(unix_seconds AS BIGINT) * 1000000) AT TIME ZONE 'UTC') AT TIME ZONE zone`,

  // 1 is Monday and 7 Sunday. DuckDB's dow starts with 0 for Sunday.
  'CREATE MACRO day_of_week(moment) AS isodow(moment)',
  // EXTRACT(dow FROM …) calls this.
  `CREATE MACRO date_part(part, moment) AS
     CASE WHEN lower(part) IN ('dow', 'day_of_week') THEN isodow(moment) ELSE system.main.date_part(part, moment) END`,

  // MySQL's format: minutes are %i and seconds %s, where %M is a month's name. Others than these are refused.
  `CREATE MACRO date_format(moment, format) AS
     CASE WHEN regexp_matches(format, '%[^YmdHis]') THEN error('date_format: only %Y %m %d %H %i %s are known here')
     ELSE strftime(moment, replace(replace(format, '%i', '%M'), '%s', '%S')) END`,

  // DuckDB has functions of these names for an interval alone, or none.
  `CREATE MACRO date_add(unit, amount, day) AS
     CASE WHEN unit <> 'day' THEN error('date_add: only days are known here')
     ELSE CAST(day + to_days(CAST(amount AS INTEGER)) AS DATE) END`,
  'CREATE MACRO sequence(first_day, last_day, step) AS CAST(generate_series(first_day, last_day, step) AS DATE[])',

  // Replaces every match, where DuckDB's stops at the first. Groups in the replacement ($1) are refused.
  `CREATE MACRO regexp_replace(subject, pattern) AS system.main.regexp_replace(subject, pattern, '', 'g'),
     (subject, pattern, replacement) AS
     CASE WHEN regexp_matches(replacement, '[$\\\\]') THEN error('regexp_replace: no groups in the replacement here')
     ELSE system.main.regexp_replace(subject, pattern, replacement, 'g') END`,
  // DuckDB's own is for maps alone.
  'CREATE MACRO cardinality(list) AS len(list)',
  // Trino passes over nulls, and joins nothing but nulls to an empty text.
  `CREATE MACRO array_join(texts, separator) AS
     CASE WHEN texts IS NOT NULL THEN coalesce(array_to_string(texts, separator), '') END`,
  'CREATE MACRO regexp_like(subject, pattern) AS regexp_matches(subject, pattern)',

  // Trino writes the form as a bare word. It cannot be read here: NFD is the only one there is.
  // ASCII, of which each character is one byte, is what it was.
  `CREATE MACRO normalize(subject, form) AS
     CASE WHEN strlen(subject) = length(subject) THEN subject ELSE trino_nfd(subject) END`,

  // DuckDB's own fails where a text is no JSON.
  `CREATE MACRO json_extract_scalar(json_text, path) AS
     CASE WHEN json_valid(json_text) AND json_type(json_text, path) NOT IN ('OBJECT', 'ARRAY', 'NULL')
     THEN json_extract_string(json_text, path) END`,

  // DuckDB's own passes over rows where the value is null.
  'CREATE MACRO max_by(value, ordered_by) AS arg_max_null(value, ordered_by)',
  'CREATE MACRO min_by(value, ordered_by) AS arg_min_null(value, ordered_by)',
];
