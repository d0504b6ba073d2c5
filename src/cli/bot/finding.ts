import { printable } from '../../query/result-format.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';

/** One thing that was looked at, in words for a person. */
export interface Finding {
  /** `problem`: the lake cannot work so. `warning`: it can, but look at it. `note`: neither good nor bad. */
  readonly mark: 'fine' | 'note' | 'warning' | 'problem';
  readonly text: string;
  /** What to do about it. May be of several lines, which then are kept as they are. */
  readonly advice?: string;
}

export const fine = (text: string): Finding => ({ mark: 'fine', text });
export const note = (text: string, advice?: string): Finding => finding('note', text, advice);
export const warning = (text: string, advice?: string): Finding => finding('warning', text, advice);
export const problem = (text: string, advice?: string): Finding => finding('problem', text, advice);

/**
 * Prints findings as they come.
 *
 * @param subject - what was looked at: `the bot`, `the webhook`
 * @throws Error when there is a problem among them, after all of them are printed
 */
export async function printFindings(
  subject: string,
  findings: AsyncIterable<Finding> | Iterable<Finding>,
): Promise<void> {
  let problems = 0;
  for await (const { mark, text, advice } of findings) {
    if (mark === 'problem') problems += 1;
    const lines = [`${signs[mark]} ${text}`, ...(advice?.split('\n').map((line) => `    ${line}`) ?? [])];
    // Names and errors are what others wrote.
    for (const line of lines) console.log(printable(withoutSecrets(line)));
  }
  if (problems > 0)
    throw new Error(`${subject} has ${problems === 1 ? 'a problem' : `${problems} problems`}`);
}

const signs = { fine: '✓', note: '·', warning: '!', problem: '✗' } as const;

function finding(mark: Finding['mark'], text: string, advice: string | undefined): Finding {
  return { mark, text, ...(advice !== undefined && { advice }) };
}
