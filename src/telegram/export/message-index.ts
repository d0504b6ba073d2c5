/** What is remembered of a message. Each is 0 where there is none. */
export interface NotedMessage {
  readonly authorId: number;
  readonly threadId: number;
  /** Unix seconds, of 32 bits. */
  readonly changedAt: number;
}

/**
 * Of each message of a chat who wrote it and in which topic, which a reply needs to know of the message it answers and
 * an export names by its id alone; and when it was last changed.
 *
 * Ids of a chat lie close together, so it takes about twelve bytes a message.
 */
export class MessageIndex {
  readonly #blocks = new Map<number, Block>();
  /** User ids have up to 52 bits; their places in this list have few. 0 is nobody. */
  readonly #authors = [0];
  readonly #placeOf = new Map<number, number>();

  note(messageId: number, { authorId, threadId, changedAt }: NotedMessage): void {
    const block = this.#blockOf(messageId);
    const slot = messageId - Math.floor(messageId / blockSize) * blockSize;
    block.authors[slot] = this.#placeOfAuthor(authorId) + 1;
    block.threads[slot] = threadId;
    block.changes[slot] = changedAt;
  }

  /** Whether the message was noted. */
  has(messageId: number): boolean {
    return this.#read(messageId)?.author !== undefined;
  }

  /** Undefined where the message was not noted. */
  changedAt(messageId: number): number | undefined {
    const found = this.#read(messageId);
    return found?.author === undefined ? undefined : found.changedAt;
  }

  authorOf(messageId: number): number | undefined {
    return this.#read(messageId)?.author || undefined;
  }

  /** Undefined for messages outside of topics. */
  threadOf(messageId: number): number | undefined {
    return this.#read(messageId)?.thread || undefined;
  }

  #read(messageId: number): { author: number | undefined; thread: number; changedAt: number } | undefined {
    const number = Math.floor(messageId / blockSize);
    const block = this.#blocks.get(number);
    if (!block) return undefined;
    const slot = messageId - number * blockSize;
    const place = block.authors[slot] ?? 0;
    return {
      author: this.#authors[place - 1],
      thread: block.threads[slot] ?? 0,
      changedAt: block.changes[slot] ?? 0,
    };
  }

  #blockOf(messageId: number): Block {
    const number = Math.floor(messageId / blockSize);
    let block = this.#blocks.get(number);
    if (!block) {
      block = {
        authors: new Uint32Array(blockSize),
        threads: new Int32Array(blockSize),
        changes: new Uint32Array(blockSize),
      };
      this.#blocks.set(number, block);
    }
    return block;
  }

  #placeOfAuthor(authorId: number): number {
    let place = authorId === 0 ? 0 : this.#placeOf.get(authorId);
    if (place === undefined) {
      place = this.#authors.push(authorId) - 1;
      this.#placeOf.set(authorId, place);
    }
    return place;
  }
}

interface Block {
  /** Places in the list of authors, plus one; 0 where no message was noted. */
  readonly authors: Uint32Array;
  readonly threads: Int32Array;
  readonly changes: Uint32Array;
}

const blockSize = 256;
