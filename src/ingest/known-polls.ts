import { asObject, asString, type JsonObject } from '../base/json.ts';
import { pollKey } from '../lake/object-keys.ts';
import { ObjectNotFoundError, type ObjectStore } from '../storage/object-store.ts';

export interface KnownPolls {
  /** Notes the polls that a message of an accepted chat shows, here and everywhere. */
  note(message: JsonObject): Promise<void>;
  /** Whether an update is a vote in, or a new state of, a poll that was noted. */
  includesPollOf(kind: string, payload: JsonObject): Promise<boolean>;
}

/**
 * The polls of the chats whose updates are stored. Votes name a poll and no chat, so each poll is noted by a small object
 * in the raw bucket when its message is stored: every instance, now and later, then knows whose votes to keep.
 *
 * Known polls are cached. Others are looked up each time, as migrations are: a "no" that is remembered could lose votes.
 */
export function knownPolls(store: ObjectStore): KnownPolls {
  const known = new Set<string>();

  async function isKnown(id: string): Promise<boolean> {
    if (known.has(id)) return true;
    try {
      await store.getObject(pollKey(id));
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return false;
      throw error;
    }
    known.add(id);
    return true;
  }

  return {
    async note(message) {
      for (const id of pollsIn(message)) {
        if (known.has(id)) continue;
        const options = { contentType: 'application/json', onlyIfAbsent: true };
        await store.putObject(pollKey(id), Buffer.from('{}'), options);
        known.add(id);
      }
    },
    async includesPollOf(kind, payload) {
      const id = kind === 'poll' ? payload.id : kind === 'poll_answer' ? payload.poll_id : undefined;
      const read = idOf(id);
      return read !== undefined && isKnown(read);
    },
  };
}

/** A forwarded poll is another chat's as well, whose votes are not ours to keep. */
function pollsIn(message: JsonObject): readonly string[] {
  const shown = [message, asObject(message.reply_to_message), asObject(message.pinned_message)];
  return shown.flatMap((each) => {
    const id = each?.forward_origin === undefined ? idOf(asObject(each?.poll)?.id) : undefined;
    return id === undefined ? [] : [id];
  });
}

/** Of no other form, since it becomes a key. */
function idOf(value: unknown): string | undefined {
  const text = asString(value);
  return text !== undefined && /^[0-9]{1,32}$/.test(text) ? text : undefined;
}
