import { asInteger, asObject, asString, type JsonObject, omitUndefined } from '../../base/json.ts';
import { plainText } from './export-text.ts';

/**
 * What an exported message holds besides text, as the Bot API's one field for it: `{photo: …}`, `{voice: …}`; nothing
 * for a text.
 *
 * Of each content there is what the export has and rows or raw queries may need; no file ids, which only Telegram has.
 * Dice and stories are in no export: they look like messages without a text.
 */
export function mediaOf(exported: JsonObject): JsonObject {
  for (const [name, content] of contents) if (exported[name] !== undefined) return content(exported);
  return {};
}

/** By the first field that is there, in this order: a venue has a location as well. */
const contents: readonly (readonly [name: string, content: (exported: JsonObject) => JsonObject])[] = [
  ['photo', (exported) => ({ photo: [sizeOf(exported)] })],
  ['media_type', (exported) => fileOfType(exported, asString(exported.media_type) ?? '')],
  ['file', (exported) => ({ document: document(exported) })],
  ['place_name', (exported) => ({ venue: venue(exported) })],
  ['location_information', (exported) => ({ location: location(exported) })],
  ['contact_information', (exported) => ({ contact: contact(exported) })],
  ['poll', (exported) => ({ poll: poll(exported) })],
  ['todo_list', (exported) => ({ checklist: checklist(exported) })],
  ['game_title', (exported) => ({ game: { title: exported.game_title } })],
  ['invoice_information', () => ({ invoice: {} })],
  ['giveaway_information', () => ({ giveaway: {} })],
  ['giveaway_results', () => ({ giveaway_winners: {} })],
  ['paid_stars_amount', (exported) => ({ paid_media: { star_count: exported.paid_stars_amount } })],
];

function fileOfType(exported: JsonObject, type: string): JsonObject {
  const size = sizeOf(exported);
  const duration = exported.duration_seconds;
  switch (type) {
    case 'sticker':
      return { sticker: omitUndefined({ ...size, emoji: exported.sticker_emoji }) };
    case 'video_message':
      return { video_note: omitUndefined({ length: exported.width, duration }) };
    case 'voice_message':
      return { voice: omitUndefined({ duration, mime_type: exported.mime_type }) };
    case 'animation':
      return { animation: omitUndefined({ ...size, duration, ...document(exported) }) };
    case 'video_file':
      return { video: omitUndefined({ ...size, duration, ...document(exported) }) };
    case 'audio_file': {
      const { performer, title } = exported;
      return { audio: omitUndefined({ duration, performer, title, ...document(exported) }) };
    }
    default:
      return { document: document(exported) };
  }
}

function sizeOf({ width, height }: JsonObject): JsonObject {
  return omitUndefined({ width, height });
}

function document({ file_name, mime_type, file_size }: JsonObject): JsonObject {
  return omitUndefined({ file_name, mime_type, file_size });
}

function location(exported: JsonObject): JsonObject {
  const { latitude, longitude } = asObject(exported.location_information) ?? {};
  return omitUndefined({ latitude, longitude, live_period: exported.live_location_period_seconds });
}

function venue(exported: JsonObject): JsonObject {
  return omitUndefined({
    location: location(exported),
    title: exported.place_name,
    address: exported.address,
  });
}

function contact(exported: JsonObject): JsonObject {
  const { phone_number, first_name, last_name } = asObject(exported.contact_information) ?? {};
  return omitUndefined({ phone_number, first_name, last_name });
}

function poll(exported: JsonObject): JsonObject {
  const { question, answers, total_voters, closed } = asObject(exported.poll) ?? {};
  const options = (Array.isArray(answers) ? answers : []).map((answer) => ({
    text: plainText(asObject(answer)?.text),
    voter_count: asInteger(asObject(answer)?.voters) ?? 0,
  }));
  return omitUndefined({
    question: plainText(question),
    options,
    total_voter_count: total_voters,
    is_closed: closed,
  });
}

function checklist(exported: JsonObject): JsonObject {
  const { title, answers } = asObject(exported.todo_list) ?? {};
  const tasks = (Array.isArray(answers) ? answers : []).map((answer) =>
    omitUndefined({ id: asObject(answer)?.id, text: plainText(asObject(answer)?.text) }),
  );
  return { title: plainText(title), tasks };
}
