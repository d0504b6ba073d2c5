/** The parts of the story, in their order. `groups` is there only for several groups; `more` is where a chart goes that names none. */
export const sectionNames = [
  'groups',
  'rhythm',
  'people',
  'questions',
  'bot',
  'content',
  'quality',
  'more',
] as const;

export type SectionName = (typeof sectionNames)[number];
