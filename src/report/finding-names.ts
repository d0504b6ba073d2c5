/** The findings that can be written about a chart's rows; a spec names one in `usermeta.finding`. */
export const findingNames = [
  'highest',
  'busiest-day',
  'active-days',
  'busiest-hour',
  'busiest-hour-of-week',
  'most-active',
  'newcomers',
  'replies',
  'message-length',
  'top-term',
  'answered',
  'time-to-reply',
  'kinds',
  'reactions',
  'topics',
  'bot-answers',
  'bot-commands',
  'bot-buttons',
] as const;

export type FindingName = (typeof findingNames)[number];
