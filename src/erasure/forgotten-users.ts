import { createHmac, randomBytes } from 'node:crypto';
import { forgottenKey, forgottenPrefix, forgottenSecretKey } from '../lake/object-keys.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** The people whose messages were erased from a lake, and whom an import must not bring back. */
export interface ForgottenUsers {
  /** How many there are. */
  readonly size: number;
  has(userId: number): boolean;
  /** Adds somebody. Adding again changes nothing. */
  remember(userId: number): Promise<void>;
}

/**
 * The list of a lake, in its raw bucket: an object for each person, named by the HMAC-SHA-256 of the user's id.
 *
 * The list holds no ids, and cannot be matched with the list of another lake, since each has a secret of its own. It does not
 * hide the ids from somebody who reads the raw bucket, where the secret lies too, and tries all ids there can be.
 */
export async function forgottenUsers(raw: ObjectStore): Promise<ForgottenUsers> {
  const keys = new Set<string>();
  for await (const { key } of raw.listObjects(forgottenPrefix)) keys.add(key);
  let secret = keys.delete(forgottenSecretKey) ? await raw.getObject(forgottenSecretKey) : undefined;
  const known = new Map<number, boolean>();

  return {
    get size() {
      return keys.size;
    },
    has(userId) {
      if (!secret || keys.size === 0) return false;
      let isForgotten = known.get(userId);
      if (isForgotten === undefined) {
        isForgotten = keys.has(keyOf(userId, secret));
        known.set(userId, isForgotten);
      }
      return isForgotten;
    },
    async remember(userId) {
      secret ??= await sharedSecret(raw);
      const key = keyOf(userId, secret);
      await raw.putObject(key, Buffer.from('{}\n'), { contentType: 'application/json', onlyIfAbsent: true });
      keys.add(key);
      known.clear();
    },
  };
}

function keyOf(userId: number, secret: Uint8Array): string {
  return forgottenKey(createHmac('sha256', secret).update(String(userId)).digest('hex'));
}

/** The lake's secret, made if there is none. Of two that are made at the same time, both take the one that was put first. */
async function sharedSecret(raw: ObjectStore): Promise<Uint8Array> {
  const options = { contentType: 'application/octet-stream', onlyIfAbsent: true };
  await raw.putObject(forgottenSecretKey, randomBytes(32), options);
  return raw.getObject(forgottenSecretKey);
}
