import { createHmac, randomBytes } from 'node:crypto';
import { forgottenKey, forgottenPrefix, forgottenSecretKey } from '../lake/object-keys.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { nameKey, type Person } from './person.ts';

/** The people whose messages were erased from a lake, and whom an import must not bring back. */
export interface ForgottenPeople extends Person {
  /** How many ids and names there are. */
  readonly size: number;
  /** Adds somebody, with the names that were given. Adding again changes nothing. */
  remember(userId: number, names: Iterable<string>): Promise<void>;
}

/**
 * The list of a lake, in its raw bucket: an object for each person, named by the HMAC-SHA-256 of the user's id, and one
 * for each name that was given for them.
 *
 * The list holds no ids and no names, and cannot be matched with the list of another lake, since each has a secret of
 * its own. It does not hide them from somebody who reads the raw bucket, where the secret lies too, and tries all ids
 * there can be.
 */
export async function forgottenPeople(raw: ObjectStore): Promise<ForgottenPeople> {
  const keys = new Set<string>();
  for await (const { key } of raw.listObjects(forgottenPrefix)) keys.add(key);
  let secret = keys.delete(forgottenSecretKey) ? await raw.getObject(forgottenSecretKey) : undefined;
  const known = new Map<string, boolean>();

  const has = (word: string): boolean => {
    if (!secret || keys.size === 0) return false;
    let isForgotten = known.get(word);
    if (isForgotten === undefined) {
      isForgotten = keys.has(keyOf(word, secret));
      known.set(word, isForgotten);
    }
    return isForgotten;
  };

  return {
    get size() {
      return keys.size;
    },
    isUser: (userId) => has(wordOfUser(userId)),
    isName: (name) => has(wordOfName(name)),
    async remember(userId, names) {
      secret ??= await sharedSecret(raw);
      for (const word of [wordOfUser(userId), ...[...names].map(wordOfName)]) {
        const key = keyOf(word, secret);
        await raw.putObject(key, Buffer.from('{}\n'), {
          contentType: 'application/json',
          onlyIfAbsent: true,
        });
        keys.add(key);
      }
      known.clear();
    },
  };
}

/** What is hashed. An id is all digits, so that no name is taken for one. */
const wordOfUser = (userId: number) => String(userId);
const wordOfName = (name: string) => `name ${nameKey(name)}`;

function keyOf(word: string, secret: Uint8Array): string {
  return forgottenKey(createHmac('sha256', secret).update(word).digest('hex'));
}

/**
 * The lake's secret, made if there is none. Of two that are made at the same time, both take the one that was put
 * first.
 */
async function sharedSecret(raw: ObjectStore): Promise<Uint8Array> {
  const options = { contentType: 'application/octet-stream', onlyIfAbsent: true };
  await raw.putObject(forgottenSecretKey, randomBytes(32), options);
  return raw.getObject(forgottenSecretKey);
}
