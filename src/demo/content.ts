import type { Message, MessageEntity, PhotoSize } from '@grammyjs/types';
import type { Random } from '../base/random.ts';

/** The fields of a message that depend on what it holds. */
export type Content = Partial<Omit<Message, 'message_id' | 'from' | 'chat' | 'date' | 'reply_to_message'>>;

/** A text message; what stands between backticks becomes code, as Telegram's apps send it. */
export function text(markedUp: string): Content {
  const { plain, entities } = withEntities(markedUp);
  return { text: plain, ...(entities.length > 0 && { entities }) };
}

export function photo(random: Random, caption = ''): Content {
  const size = (width: number, height: number): PhotoSize => ({
    ...fileIds(random),
    width,
    height,
    file_size: Math.round(width * height * 0.11) + random.between(0, 999),
  });
  return { photo: [size(90, 67), size(320, 240), size(800, 600), size(1280, 960)], ...captioned(caption) };
}

export function voice(random: Random): Content {
  const duration = random.between(3, 95);
  return {
    voice: {
      ...fileIds(random),
      duration,
      mime_type: 'audio/ogg',
      file_size: duration * random.between(2100, 2600),
    },
  };
}

export function sticker(random: Random, emoji: string): Content {
  return {
    sticker: {
      ...fileIds(random),
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: false,
      is_video: false,
      emoji,
      set_name: 'dados_na_pratica',
      file_size: random.between(9_000, 40_000),
    },
  };
}

export function document(random: Random, fileName: string, mimeType: string, caption: string): Content {
  return {
    document: {
      ...fileIds(random),
      file_name: fileName,
      mime_type: mimeType,
      file_size: random.between(20_000, 4_000_000),
    },
    ...captioned(caption),
  };
}

function captioned(markedUp: string): Content {
  if (!markedUp) return {};
  const { plain, entities } = withEntities(markedUp);
  return { caption: plain, ...(entities.length > 0 && { caption_entities: entities }) };
}

const fileIdLetters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function fileIds(random: Random): { file_id: string; file_unique_id: string } {
  const letters = (length: number) => Array.from({ length }, () => random.pick(fileIdLetters)).join('');
  return { file_id: `AgACAgEAAx0C${letters(44)}`, file_unique_id: `AQAD${letters(11)}` };
}

const entityPatterns: readonly [type: 'url' | 'hashtag' | 'mention' | 'bot_command', pattern: RegExp][] = [
  ['url', /https?:\/\/[^\s]*[^\s.,!?]/g],
  ['hashtag', /(?<=^|\s)#\p{L}[\p{L}\p{N}_]*/gu],
  ['mention', /(?<=^|\s)@[a-z]\w{3,31}/gi],
  ['bot_command', /^\/[a-z]\w{0,31}(?:@\w+)?/g],
];

/** Offsets and lengths are UTF-16 code units, as in Telegram and in JavaScript. */
function withEntities(markedUp: string): { plain: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  let plain = '';
  for (const [index, part] of markedUp.split('`').entries()) {
    if (index % 2 === 1) entities.push({ type: 'code', offset: plain.length, length: part.length });
    plain += part;
  }
  for (const [type, pattern] of entityPatterns) {
    for (const { 0: match, index } of plain.matchAll(pattern)) {
      entities.push({ type, offset: index, length: match.length });
    }
  }
  return { plain, entities: entities.sort((one, other) => one.offset - other.offset) };
}
