import { changePercent, formats } from './formats.ts';
import type { Language } from './language.ts';

const forms = formats('en-GB', (hour) => `${String(hour).padStart(2, '0')}:00`);
const { count, number, percent, day, fullDay, weekday, hour, duration } = forms;
const plural = (amount: number, one: string, many = `${one}s`): string =>
  `${count(amount)} ${amount === 1 ? one : many}`;
const fromTo = ({ now, before }: { now: number; before: number }): string =>
  now === before ? `${count(now)} as before` : `from ${count(before)} to ${count(now)}`;

/** The report in English. */
export const english: Language = {
  key: 'en',
  tag: 'en-GB',
  formats: forms,
  numberLocale: { decimal: '.', thousands: ',', grouping: [3], currency: ['', ''] },
  timeLocale: {
    dateTime: '%A, %e %B %Y, %X',
    date: '%d/%m/%Y',
    time: '%H:%M:%S',
    periods: ['AM', 'PM'],
    days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    shortDays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },
  columns: {
    context_date: 'day',
    chat_title: 'group',
    message_amount: 'messages',
    user_amount: 'people',
    week_average: 'average of 7 days',
    hour_of_day: 'hour',
    message_share_percent: 'share of messages',
    parsed_date_hour: 'hour',
    parsed_date_weekday: 'weekday',
    parsed_date_weeknum: 'ISO week',
    user_first_name: 'name',
    user_username: 'username',
    active_days: 'days active',
    text_amount: 'with words',
    first_date: 'first day',
    last_date: 'last day',
    average_message_length: 'mean characters',
    median_message_length: 'median characters',
    week_start: 'week of',
    newcomer_amount: 'newcomers',
    returning_amount: 'returning',
    reply_to_first_name: 'replies to',
    reply_amount: 'replies',
    question: 'question',
    question_amount: 'questions',
    example: 'newest wording',
    same_wording_user_amount: 'people with these words',
    wording_amount: 'wordings',
    unhandled_amount: 'reported as not handled',
    other_wordings: 'other wordings',
    term: 'term',
    answered_amount: 'answered',
    open_amount: 'not answered',
    minutes: 'minutes',
    answered_percent: 'share answered',
    confirmed_amount: 'confirmed',
    confirmed_percent: 'share confirmed',
    median_seconds_to_reply: 'median time to first reply',
    asked_at: 'asked',
    age_hours: 'age',
    message_link: 'link',
    content_type: 'kind',
    reaction: 'reaction',
    command: 'command',
    command_amount: 'times',
    button: 'button',
    press_amount: 'presses',
    by_bot_amount: 'by a bot',
    by_people_amount: 'by people',
    by_both_amount: 'by both',
    by_nobody_amount: 'by nobody',
    reaction_amount: 'reactions',
    opening: 'begins with',
    measure: 'what',
    amount: 'how many',
    of_amount: 'of',
    amount_percent: 'share',
  },
  values: {
    content_type: {
      text: 'text',
      photo: 'photos',
      video: 'videos',
      voice: 'voice messages',
      video_note: 'video messages',
      audio: 'music',
      document: 'files',
      sticker: 'stickers',
      animation: 'GIFs',
      poll: 'polls',
      location: 'locations',
      venue: 'places',
      contact: 'contacts',
      dice: 'dice',
      rich_message: 'rich text',
      live_photo: 'live photos',
      story: 'stories',
      game: 'games',
      invoice: 'invoices',
      paid_media: 'paid media',
      checklist: 'checklists',
      giveaway: 'giveaways',
      new_chat_members: 'someone joined',
      left_chat_member: 'someone left',
      pinned_message: 'message pinned',
      group_chat_created: 'group created',
      supergroup_chat_created: 'group created',
      channel_chat_created: 'channel created',
      new_chat_title: 'title changed',
      new_chat_photo: 'photo changed',
      delete_chat_photo: 'photo removed',
      migrate_to_chat_id: 'became a supergroup',
      migrate_from_chat_id: 'became a supergroup',
      forum_topic_created: 'topic created',
      forum_topic_edited: 'topic edited',
      forum_topic_closed: 'topic closed',
      forum_topic_reopened: 'topic reopened',
      video_chat_scheduled: 'video chat planned',
      video_chat_started: 'video chat started',
      video_chat_ended: 'video chat ended',
      video_chat_participants_invited: 'invited to a video chat',
      message_auto_delete_timer_changed: 'deletion timer changed',
      boost_added: 'group boosted',
      chat_background_set: 'background changed',
    },
    reaction: { custom_emoji: 'custom emoji', paid: 'paid star' },
    measure: {
      'days without messages': 'days without messages',
      'replies to messages not in the lake': 'replies to messages that the lake does not have',
      'messages without sender': 'messages without an author',
      'messages without words': 'messages without text or caption',
      'messages edited': 'messages edited',
      'messages imported': 'messages imported from an export',
      'messages with an impossible date': 'messages with an impossible date, counted when they arrived',
    },
  },
  sections: {
    overview: 'At a glance',
    groups: 'Groups',
    rhythm: 'Rhythm',
    people: 'People',
    questions: 'Questions',
    bot: 'The bot',
    content: 'Content',
    quality: 'Data quality',
    more: 'More',
  },
  page: {
    title: 'The story of a group',
    messages: (amount) => (amount === 1 ? 'message' : 'messages'),
    people: (amount) => (amount === 1 ? 'person' : 'people'),
    days: (amount) => (amount === 1 ? 'day' : 'days'),
    trend: (days) => `messages, compared with the ${days} days before`,
    noTrend: 'A trend needs two whole weeks.',
    period: (first, last) => (first === last ? first : `${first} to ${last}`),
    emptyPeriod: 'The lake has no messages of this period.',
    noPeriodBefore: 'The lake does not have all of the period before, so nothing is compared with it.',
    questions: (amount) => (amount === 1 ? 'question' : 'questions'),
    answered: 'of questions answered',
    before: (value) => `before: ${value}`,
    severalGroups: (amount) => `The story of ${amount} groups`,
    groups: 'Groups side by side',
    allGroups: 'All groups',
    groupsDescription: 'Each group of the lake: what was written, its busiest hour, and its questions.',
    summedGroups: (amount) =>
      `All other parts of this page add up ${amount} groups. For the page of one: telegram-lake report --chat ID.`,
    contents: 'Contents',
    empty:
      'The lake has no messages yet. Once the group writes and the day is built, its story appears here.',
    nothing: 'Nothing yet.',
    notEnoughData: 'Not enough data yet for:',
    none: 'none yet',
    noFrequentQuestion: 'no question came twice',
    hiddenQuestions: 'none in the same words by three people',
    asTable: 'The numbers as a table',
    moreRows: (shown, all, query) =>
      `The first ${count(shown)} of ${count(all)} rows. All of them: telegram-lake query ${query} --format csv`,
    yes: 'yes',
    no: 'no',
    asked: (times, people) => `${plural(times, 'time')}, by ${plural(people, 'person', 'people')}`,
    frequentQuestions: 'Asked most',
    frequentQuestionsDescription:
      'Questions that ask the same in other words count together, under the wording that most people used.',
    openQuestions: 'Still open',
    openQuestionsDescription:
      'The newest questions that nobody else has answered. Links open for members of the group.',
    showMessage: 'show in Telegram',
    quality: 'Missing and corrected data',
    qualityDescription: 'Deleted messages stay in the lake: Telegram does not report deletions to bots.',
    hiddenTexts: 'The texts of these questions are hidden.',
    anonymous:
      'Names are pseudonyms. What people wrote is shown only where at least three of them wrote the same.',
    madeAt: (moment) => `Made on ${moment} from the saved queries of this lake.`,
    newestDay: 'newest day with messages',
    builtAt: 'last updated',
    quarantined: 'requests that did not come from Telegram',
    animals: (
      'Badger Beaver Bison Butterfly Canary Caribou Cat Chameleon Cheetah Cicada Crane Cricket Deer Dolphin Dragonfly Eagle ' +
      'Egret Falcon Firefly Fox Frog Gazelle Gecko Giraffe Goat Hare Hawk Hedgehog Heron Hippo Horse Hummingbird ' +
      'Ibis Iguana Jaguar Koala Ladybird Lemur Lion Llama Lynx Macaw Manatee Marten Otter Owl Panda Parrot ' +
      'Pelican Penguin Puma Rabbit Raven Seal Sloth Squirrel Swallow Swan Tapir Tiger Toucan Turtle Whale Zebra'
    ).split(' '),
  },
  digest: {
    mostActive: 'Most active',
    messagesADay: 'Messages a day',
    messagesOfLastDays: (days) => `Messages a day, the last ${days} days`,
    mondays: '(dates are Mondays)',
    askForMore: (command) => `Ask for more: ${command} NAME`,
  },
  faq: {
    title: 'Frequently asked questions',
    about: (questions) =>
      questions === 1
        ? 'The question that was asked most, with the answers that helped most.'
        : `The ${count(questions)} questions that were asked most, with the answers that helped most.`,
    none: 'No question was asked by two people.',
    otherWordings: 'Also asked as:',
    unanswered: 'Asked often, and not answered',
    byBot: 'the bot',
    confirmed: (people) => `helped ${plural(people, 'person', 'people')} who asked`,
    thanked: (people) => `${plural(people, 'person', 'people')} reacted with thanks`,
    replied: (people) =>
      people === 0 ? 'nobody said whether it helped' : plural(people, 'reply', 'replies'),
  },
  sentences: {
    notEnoughData: (needed) => `Not enough data yet: this needs at least ${needed}.`,
    needs: {
      days: (amount) => plural(amount, 'day'),
      messages: (amount) => plural(amount, 'message'),
      weeks: (amount) => plural(amount, 'week'),
      people: (amount) => plural(amount, 'person', 'people'),
      questions: (amount) => plural(amount, 'question'),
      replies: (amount) => plural(amount, 'reply', 'replies'),
      reactions: (amount) => plural(amount, 'reaction'),
      rows: (amount) => plural(amount, 'row'),
    },
    trend: ({ percent: change, days, messages, before }) =>
      `In the last ${days} days the group wrote ${plural(messages, 'message')}, ${
        before === 0
          ? 'after none'
          : Math.abs(change) < 3
            ? 'about as many as'
            : `${percent(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than`
      } in the ${days} days before${before === 0 ? '' : ` (${count(before)})`}.`,
    compared: ({ days, messages, people, questions, answeredPercent }) =>
      `In ${days === 1 ? 'this day' : `these ${days} days`} the group wrote ${plural(messages.now, 'message')}, ${
        messages.before === 0
          ? 'after none'
          : Math.abs(changePercent(messages)) < 3
            ? 'about as many as'
            : `${percent(Math.abs(changePercent(messages)))} ${messages.now > messages.before ? 'more' : 'fewer'} than`
      } in the ${days === 1 ? 'day' : `${days} days`} before${messages.before === 0 ? '' : ` (${count(messages.before)})`}. ${[
        `People: ${fromTo(people)}`,
        `questions: ${fromTo(questions)}`,
        ...(answeredPercent
          ? [`answered: from ${percent(answeredPercent.before)} to ${percent(answeredPercent.now)}`]
          : []),
      ].join('; ')}.`,
    busiestDay: ({ day: date, messages, average, lastWeekAverage }) =>
      `The busiest day was ${fullDay(date)} with ${plural(messages, 'message')}${
        average === undefined
          ? ''
          : messages < 1.2 * average
            ? `, not far from the average of ${number(average)}`
            : `, ${number(messages / average)} times the average of ${number(average)}`
      }${lastWeekAverage === undefined ? '' : `; the last seven days had ${number(lastWeekAverage)} a day`}.`,
    activeDays: ({ days, active, longestSilence, silenceFrom }) =>
      longestSilence === 0
        ? `There were messages on every one of the ${count(days)} days.`
        : `There were messages on ${count(active)} of ${count(days)} days; the longest silence was ${plural(longestSilence, 'day')} from ${day(silenceFrom)}.`,
    busiestHour: ({ hour: from, messages, percent: share, people }) =>
      `The group is busiest from ${hour(from)} to ${hour(from + 1)}: ${plural(messages, 'message')}, ${percent(share)} of all, by ${plural(people, 'person', 'people')}.`,
    busiestHourOfWeek: ({ weekday: which, hour: from, half }) =>
      `${weekday(which)} from ${hour(from)} to ${hour(from + 1)} is the busiest hour of the week; half of all messages fall into ${half} of its 168 hours.`,
    mostActive: ({ name, messages, all, leaders, percent: share, people }) =>
      `${name} wrote most: ${count(messages)} of ${plural(all, 'message')}${
        leaders === 1
          ? ''
          : `; the ${leaders} most active of ${count(people)} people wrote ${percent(share)} of all`
      }.`,
    newcomers: ({ people, newcomers, week }) =>
      `In the week from ${day(week)}, ${plural(people, 'person', 'people')} wrote; ${newcomers === 0 ? 'nobody' : count(newcomers)} for the first time.`,
    replies: ({ from, to, replies, mutual }) =>
      `${from} replied most often to one person: ${plural(replies, 'time')} to ${to}.${
        mutual === 0 ? '' : ` In ${plural(mutual, 'pair')}, both reply to each other.`
      }`,
    messageLength: ({ name, characters, typical }) =>
      `Among the most active, ${name} writes the longest messages: half of them have ${plural(characters, 'character')} or more. ${number(typical)} is typical.`,
    topQuestion: ({ question, times, people }) =>
      `“${question}” was asked ${plural(times, 'time')}, by ${plural(people, 'person', 'people')}.`,
    topTerm: ({ term, questions, second, isTied }) =>
      `“${term}” is in ${plural(questions, 'question')}, ${
        isTied
          ? `as many as “${second}”`
          : `more than any other term${second ? `; “${second}” comes next` : ''}`
      }.`,
    answered: ({ answered, questions, percent: share, confirmedPercent, newest, days }) =>
      answered === 0
        ? `No answer to the ${count(questions)} questions can be seen: nobody replied to them or named who asked.`
        : `${percent(share)} of questions got an answer from somebody else (${count(answered)} of ${count(questions)})${
            newest === undefined ? '' : `, and ${percent(newest)} on the newest ${days} days with questions`
          }${confirmedPercent === 0 ? '' : `; in ${percent(confirmedPercent)} the asker said that it helped`}.`,
    timeToReply: ({ typical, slowest, day: date }) =>
      `On a typical day half of the first replies come within ${duration(typical)}; on the slowest, ${day(date)}, it took ${duration(slowest)}.`,
    openQuestions: ({ open, oldWeek }) =>
      open === 0
        ? 'No question is open.'
        : `${plural(open, 'question is', 'questions are')} still open${oldWeek === 0 ? '' : `, ${count(oldWeek)} of them for more than a week`}.`,
    kinds: ({ first, percent: share, second, secondPercent }) =>
      `${percent(share)} of messages are ${first}${second ? `, ${percent(secondPercent)} ${second}` : ''}.`,
    reactions: ({ reaction, times, people, all }) =>
      `${reaction} is the favorite: ${count(times)} of ${plural(all, 'reaction')} in four weeks, from ${plural(people, 'person', 'people')}.`,
    topics: ({ messages, topics, people }) =>
      `${topics === 1 ? 'The only topic' : `The busiest of ${plural(topics, 'topic')}`} has ${plural(messages, 'message')} by ${plural(people, 'person', 'people')}.`,
    botAnswers: ({ questions, bot, people, both, nobody }) =>
      `Of ${plural(questions, 'question')}, a bot alone answered ${percent(bot)}, people alone ${percent(people)}, both ${percent(both)}, and nobody ${percent(nobody)}.`,
    botCommands: ({ command, times, people, unanswered }) =>
      `${command} was used most: ${plural(times, 'time')}, by ${plural(people, 'person', 'people')}.${
        unanswered.length === 0 ? '' : ` No bot answers ${unanswered.join(', ')}.`
      }`,
    botButtons: ({ button, times, people, all }) =>
      `“${button}” was pressed most: ${count(times)} of ${plural(all, 'press', 'presses')}, by ${plural(people, 'person', 'people')}.`,
    damagedDays: ({ days, named }) =>
      `${plural(days, 'day is', 'days are')} left out, since a file is damaged: ${named}. The ETL rebuilds it: telegram-lake etl.`,
    missingDays: ({ missing, days }) =>
      missing === 0
        ? `There are messages on each of the ${count(days)} days.`
        : `${plural(missing, 'day')} of ${count(days)} ${missing === 1 ? 'has' : 'have'} no messages.`,
    unknownReplies: ({ unknown, replies }) =>
      unknown === 0
        ? `Every message that somebody replied to is in the lake.`
        : `${count(unknown)} of ${plural(replies, 'reply answers', 'replies answer')} a message that is not in the lake.`,
    highest: ({ what, label, value, rows }) =>
      `The most ${what}: ${label} with ${value}, of ${plural(rows, 'row')}.`,
  },
};
