/** What people of the demo group ask about, in their own words. Text between backticks is sent as code. */
export interface Problem {
  /** How often it is asked, next to the others. */
  readonly weight: number;
  /** Ways in which different people ask it; some are no grammatical questions. The first is the most common. */
  readonly wordings: readonly string[];
  /** What people answer. The first is what the helper bot answers where it knows the problem. */
  readonly answers: readonly string[];
  readonly botKnows?: true;
  /** The language people ask and answer in; Portuguese by default. */
  readonly language?: 'en';
}
