import { closeSync, openSync, writeSync } from 'node:fs';
import { localTime } from '../src/base/local-day.ts';
import { seededRandom } from '../src/base/random.ts';
import { desktopJson, group } from '../tools/fixtures/desktop-export.ts';
import { generateMessage, generatePeople, type Message } from './generate-message.ts';

const timeZone = 'America/Sao_Paulo';

export interface GeneratedExport {
  /** The export ends when its file has this number of bytes, or at that second. */
  readonly sizeBytes?: number;
  readonly endSecond?: number;
  readonly startSecond?: number;
  /** As it is, some 500 messages a day. */
  readonly meanSecondsApart?: number;
}

/**
 * Writes the history of a busy group as Telegram Desktop exports it; always the same for the same options. Written
 * piece by piece, since it may be larger than the memory.
 */
export function writeGeneratedExport(path: string, options: GeneratedExport): void {
  const { sizeBytes = Infinity, endSecond = Infinity, meanSecondsApart = 170 } = options;
  const random = seededRandom(1);
  const people = generatePeople(random, 400);
  const recent: Message[] = [];
  const [before = '', after = ''] = desktopJson({ ...group, messages: ['here'] }).split('"here"');
  const file = openSync(path, 'w');
  let written = writeSync(file, before);
  let sentAt = options.startSecond ?? Date.parse('2019-01-01T12:00:00Z') / 1000;
  try {
    for (let messageId = 1; written < sizeBytes && sentAt < endSecond; ) {
      const piece: string[] = [];
      for (let count = 0; count < 500; count++, messageId++) {
        sentAt += random.between(0, 2 * meanSecondsApart - 1);
        const message = generateMessage(random, { people, recent, messageId, sentAt });
        recent.push(message);
        if (recent.length > 100) recent.shift();
        piece.push(messageId === 1 ? '' : ',\n  ', desktopJson(exportedForm(message), 2));
      }
      written += writeSync(file, piece.join(''));
    }
    writeSync(file, after);
  } finally {
    closeSync(file);
  }
}

/** A message of the Bot API as Telegram Desktop exports it. */
function exportedForm(message: Message): object {
  const { message_id, date, from } = message;
  const service = message.new_chat_members !== undefined;
  const [name, sender] = service ? ['actor', 'actor_id'] : ['from', 'from_id'];
  return {
    id: message_id,
    type: service ? 'service' : 'message',
    date: localTime(date, timeZone),
    date_unixtime: String(date),
    [name]: from.first_name,
    [sender]: `user${from.id}`,
    ...(service && { action: 'invite_members', members: [from.first_name] }),
    ...(message.reply_to_message !== undefined && {
      reply_to_message_id: (message.reply_to_message as Message).message_id,
    }),
    ...mediaOf(message),
    ...textOf(message),
  };
}

function mediaOf({ photo, sticker, voice }: Message): object {
  if (photo) {
    return {
      photo: 'photos/photo_1@01-01-2019_12-00-00.jpg',
      photo_file_size: 90_000,
      width: 800,
      height: 600,
    };
  }
  if (sticker) {
    const file = { file: 'stickers/sticker.webp', file_name: 'sticker.webp', file_size: 30_000 };
    return { ...file, media_type: 'sticker', sticker_emoji: '👍', width: 512, height: 512 };
  }
  if (!voice) return {};
  const file = {
    file: 'voice_messages/audio_1@01-01-2019_12-00-00.ogg',
    file_name: 'audio_1.ogg',
    file_size: 9_000,
  };
  return { ...file, media_type: 'voice_message', mime_type: 'audio/ogg', duration_seconds: 12 };
}

function textOf(message: Message): object {
  const text = String(message.text ?? message.caption ?? '');
  const url = /https:\S+$/.exec(text)?.[0];
  if (!url) return { text, text_entities: text ? [{ type: 'plain', text }] : [] };
  const before = text.slice(0, -url.length);
  const link = { type: 'link', text: url };
  return { text: [before, link], text_entities: [{ type: 'plain', text: before }, link] };
}
