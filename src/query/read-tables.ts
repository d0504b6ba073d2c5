/** Comments and texts first: what stands in them is no part of the statement. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"(?:\s*\.\s*(?:\w+|"[^"]*"))*|\w+(?:\s*\.\s*(?:\w+|"[^"]*"))*|[(),]/g;

/** What a list of tables ends with. */
const listEnd =
  /^(?:select|where|group|having|window|qualify|order|limit|offset|fetch|union|intersect|except|set|values)$/;

/**
 * The names in a statement's FROM lists, in lower case, one for each time: behind FROM, JOIN, or a comma between tables.
 * A name with a database in front keeps it.
 *
 * @example readTables('SELECT 1 FROM telegram AS t, messages') // ['telegram', 'messages']
 */
export function readTables(sql: string): string[] {
  const names: string[] = [];
  // One for each open parenthesis: within a list of tables, or elsewhere.
  const inList = [false];
  let isTable = false;
  let wasTable = false;
  for (const [text] of sql.matchAll(token)) {
    if (/^(?:--|\/\*)/.test(text)) continue;
    const word = text.toLowerCase();
    const depth = inList.length - 1;
    const isNamed = wasTable;
    wasTable = false;
    if (word === '(') {
      // UNNEST(…) is no table; a list may stand in parentheses itself.
      if (isNamed) names.pop();
      inList.push(isTable);
    } else if (word === ')') {
      if (depth > 0) inList.pop();
      isTable = false;
    } else if (word === ',') {
      isTable = inList[depth] === true;
    } else if (word === 'from' || word === 'join') {
      inList[depth] = true;
      isTable = true;
    } else if (listEnd.test(word)) {
      inList[depth] = false;
      isTable = false;
    } else if (word !== 'lateral') {
      if (isTable) names.push(word.replaceAll('"', ''));
      wasTable = isTable;
      isTable = false;
    }
  }
  return names;
}
