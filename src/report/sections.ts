/** The parts of the story, in their order. `more` is where a chart goes that names none. */
export const sectionNames = ['rhythm', 'people', 'questions', 'bot', 'content', 'quality', 'more'] as const;

export type SectionName = (typeof sectionNames)[number];
