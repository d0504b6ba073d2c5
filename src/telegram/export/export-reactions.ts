import { asInteger, asObjects, asString, type JsonObject } from '../../base/json.ts';
import { type ChatOfExport, type Peer, peerOf } from './export-peer.ts';

/** One emoji of an exported message's reactions: how many there are, and who gave those that the export names. */
export interface ExportedReaction {
  /** As in the Bot API's ReactionType. */
  readonly reaction: JsonObject;
  readonly count: number | undefined;
  readonly recent: readonly {
    readonly peer: Peer;
    readonly name: string | undefined;
    /** Unix seconds; undefined where the export does not say. */
    readonly atSeconds: number | undefined;
  }[];
}

/**
 * The reactions to an exported message. Telegram Desktop names only the last few people of each emoji.
 *
 * It writes when they reacted by the clock of the exporting machine alone, but the message's own date by the same clock
 * and in Unix seconds. So the difference of these two is taken for the reaction's, too: where the clocks were put
 * forward or back between the two, it is an hour off.
 *
 * @param exported - the message as the export has it
 */
export function exportedReactions(exported: JsonObject, chat: ChatOfExport): ExportedReaction[] {
  const sentAtUtc = Number(asString(exported.date_unixtime) ?? Number.NaN);
  const behindUtc = sentAtUtc - clockSeconds(exported.date);
  return asObjects(exported.reactions).map((reaction) => ({
    reaction: reactionType(reaction),
    count: asInteger(reaction.count),
    recent: asObjects(reaction.recent).flatMap(({ from, from_id, date }) => {
      const peer = peerOf(from_id, chat);
      return peer
        ? [{ peer, name: asString(from), atSeconds: asInteger(clockSeconds(date) + behindUtc) }]
        : [];
    }),
  }));
}

function reactionType({ type, emoji, document_id }: JsonObject): JsonObject {
  return { type, ...(type === 'custom_emoji' ? { custom_emoji_id: asString(document_id) } : { emoji }) };
}

/** A local time `2026-11-22T12:00:00` as if it were UTC's; NaN for anything else. */
function clockSeconds(value: unknown): number {
  const text = asString(value) ?? '';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) / 1000 : Number.NaN;
}
