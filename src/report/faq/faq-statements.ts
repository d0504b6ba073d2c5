/** Every question with its kind: those of one kind ask the same. */
export const questionsStatement = `
SELECT
  questions.chat_id,
  questions.message_id,
  questions.author_id,
  questions.question,
  questions.content,
  questions.context_date,
  similar_questions.group_message_id,
  similar_questions.likeness
FROM questions
INNER JOIN similar_questions
  ON similar_questions.chat_id = questions.chat_id AND similar_questions.message_id = questions.message_id
ORDER BY questions.chat_id, questions.message_id`;

/** Which message answers which question. */
export const answersStatement = `
SELECT chat_id, message_id, answer_message_id, evidence
FROM answers
ORDER BY chat_id, message_id, answer_message_id`;

/** The message in which an asker says that it helped, and the one that it replies to. */
export const confirmationsStatement = `
SELECT confirmations.chat_id, confirmations.message_id, confirmed_message_id, messages.reply_to_message_id
FROM confirmations
INNER JOIN messages
  ON messages.chat_id = confirmations.chat_id AND messages.message_id = confirmations.confirmed_message_id
ORDER BY confirmations.chat_id, confirmations.message_id`;

/** A message of a chat. */
export interface MessageId {
  readonly chatId: number;
  readonly messageId: number;
}

/** Reactions that thank nobody. */
const unkind = ['👎', '💩', '🤮', '😡', '🤬', '🤡', '🖕', '😢', '😭', '🥱', '💔', '🤨', '😐'];

/**
 * What was written in these messages and by whom, how many people thanked for it by a reaction, and how many replied to
 * it.
 *
 * @param ids - at least one
 */
export function answerTextsStatement(ids: readonly MessageId[]): string {
  const chats = [...new Set(ids.map(({ chatId }) => exact(chatId)))].join(', ');
  const messages = [...new Set(ids.map(({ messageId }) => exact(messageId)))].join(', ');
  return `
WITH given AS (
  SELECT
    chat_id,
    message_id,
    event,
    reaction,
    coalesce(sender_chat_id, user_id) AS author_id,
    row_number() OVER (
      PARTITION BY chat_id, message_id, coalesce(sender_chat_id, user_id), reaction, data
      ORDER BY "date" DESC NULLS LAST, update_id DESC NULLS LAST
    ) AS place
  FROM telegram_events
  WHERE event IN ('reaction_added', 'reaction_removed')
    AND chat_id IN (${chats})
    AND message_id IN (${messages})
),
thanked AS (
  SELECT chat_id, message_id, count(DISTINCT author_id) AS thanked_amount
  FROM given
  WHERE place = 1
    AND event = 'reaction_added'
    AND coalesce(reaction, '') NOT IN (${unkind.map((emoji) => `'${emoji}'`).join(', ')})
  GROUP BY chat_id, message_id
),
replied AS (
  SELECT chat_id, reply_to_message_id AS message_id, count(DISTINCT author_id) AS replied_amount
  FROM messages
  WHERE chat_id IN (${chats}) AND reply_to_message_id IN (${messages})
  GROUP BY chat_id, reply_to_message_id
)
SELECT
  written.chat_id,
  written.message_id,
  written.content,
  written.author_name,
  written.is_bot,
  written.message_link,
  coalesce(thanked.thanked_amount, 0) AS thanked_amount,
  coalesce(replied.replied_amount, 0) AS replied_amount
FROM messages AS written
LEFT JOIN thanked ON thanked.chat_id = written.chat_id AND thanked.message_id = written.message_id
LEFT JOIN replied ON replied.chat_id = written.chat_id AND replied.message_id = written.message_id
WHERE written.content IS NOT NULL
  AND written.chat_id IN (${chats})
  AND written.message_id IN (${messages})
ORDER BY written.chat_id, written.message_id`;
}

function exact(id: number): string {
  if (!Number.isSafeInteger(id)) throw new RangeError('an id is a whole number');
  return String(id);
}
