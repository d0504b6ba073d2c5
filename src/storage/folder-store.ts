import { createHash, randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { asObject, parsedJson } from '../base/json.ts';
import { isGone, ownerName, ownerPattern } from '../base/process-owner.ts';
import {
  type FileBody,
  type ObjectEntry,
  type ObjectHead,
  ObjectNotFoundError,
  type ObjectStore,
  type PutOptions,
  type PutOutcome,
  StoreError,
} from './object-store.ts';

/**
 * An object store in a folder: below `<lake>/<bucket>/` lie exactly the keys that the S3 bucket would hold.
 *
 * What a file cannot carry lies beside: `<lake>/.metadata/<bucket>/` holds the metadata of objects that have some,
 * `<lake>/.incoming/` files that are still being written. A file is renamed into place when it is whole and on disk,
 * and its metadata noted: under its ETag, so that of several writers each notes only what is true of its own file.
 * Putting the bytes that are already there changes nothing, so a redelivery leaves the ETag as it was, as in S3.
 * Names that begin with a dot are no keys: file browsers and editors leave such files wherever they have been.
 *
 * @param lake - the lake's folder; made when first written to
 */
export function folderStore(lake: string, bucket: 'raw' | 'enriched'): ObjectStore {
  return new FolderStore(join(lake, bucket), join(lake, '.metadata', bucket), join(lake, '.incoming'));
}

class FolderStore implements ObjectStore {
  readonly #objects: string;
  readonly #metadata: string;
  readonly #incoming: string;
  #swept: Promise<void> | undefined;

  constructor(objects: string, metadata: string, incoming: string) {
    this.#objects = objects;
    this.#metadata = metadata;
    this.#incoming = incoming;
  }

  async putObject(key: string, body: Uint8Array | FileBody, options: PutOptions = {}): Promise<PutOutcome> {
    return attempt('store', key, async () => {
      const path = this.#pathOf(key);
      const held = await this.#heldAs(path, body, options);
      if (held === undefined) return this.#replace(key, path, body, options);
      await this.#note(key, held, options.metadata);
      return 'stored';
    });
  }

  async getObject(key: string): Promise<Uint8Array> {
    return attempt('read', key, () => readFile(this.#pathOf(key)));
  }

  async headObject(key: string): Promise<ObjectHead | undefined> {
    return attempt('look up', key, async () => {
      for (;;) {
        const entry = await fileOf(this.#pathOf(key));
        if (!entry) return undefined;
        const { etag, sizeBytes, storedAtSeconds } = entry;
        const head = { etag, sizeBytes, storedAtSeconds };
        const noted = await ifThere(readFile(this.#notePath(key, etag), 'utf8'));
        if (noted) return { ...head, metadata: metadataOf(noted) };
        // No note: it has none, or it was replaced since, and its note with it.
        if ((await fileOf(this.#pathOf(key)))?.etag === etag) return { ...head, metadata: {} };
      }
    });
  }

  async *listObjects(prefix: string): AsyncIterable<ObjectEntry> {
    try {
      yield* this.#walk('', prefix);
    } catch (error) {
      throw new StoreError('list', prefix, error);
    }
  }

  async *listFolders(prefix: string): AsyncIterable<string> {
    try {
      const entries = await entriesOf(join(this.#objects, prefix));
      for (const entry of entries) {
        if (!entry.isFolder || !(await holdsFile(join(this.#objects, prefix, entry.name)))) continue;
        yield `${prefix}${entry.name}/`;
      }
    } catch (error) {
      throw new StoreError('list', prefix, error);
    }
  }

  async deleteObject(key: string): Promise<void> {
    return attempt('delete', key, async () => {
      const path = this.#pathOf(key);
      const entry = await fileOf(path);
      await rm(path, { force: true });
      if (entry) await this.#note(key, entry.etag, undefined);
    });
  }

  async *#walk(folder: string, prefix: string): AsyncIterable<ObjectEntry> {
    const isListed = ({ name, isFolder }: FolderEntry) => {
      const path = folder + name + (isFolder ? '/' : '');
      return path.startsWith(prefix) || (isFolder && prefix.startsWith(path));
    };
    const children = await entriesOf(join(this.#objects, folder), isListed);
    for (let at = 0; at < children.length; at += looksAtOnce) {
      // A day may have many thousands of files: looked at one after the other they would take ten times as long.
      const some = children.slice(at, at + looksAtOnce);
      const looks = some.map(({ name, isFolder }) =>
        isFolder ? undefined : fileOf(join(this.#objects, folder, name)),
      );
      const files = await Promise.all(looks);
      for (const [index, { name, isFolder }] of some.entries()) {
        const file = files[index];
        if (isFolder) yield* this.#walk(`${folder}${name}/`, prefix);
        else if (file) yield { key: folder + name, etag: file.etag, sizeBytes: file.sizeBytes };
      }
    }
  }

  #pathOf(key: string): string {
    if (key.split('/').some((part) => part === '' || isHidden(part) || part.includes('\0'))) {
      throw new RangeError('not a key that a folder can hold');
    }
    return join(this.#objects, key);
  }

  /** The ETag of the object when it holds these bytes already and need not be written. */
  async #heldAs(path: string, body: Uint8Array | FileBody, options: PutOptions): Promise<string | undefined> {
    if (options.onlyIfAbsent || options.onlyIfEtag || !(body instanceof Uint8Array)) return undefined;
    const entry = await fileOf(path);
    if (entry?.sizeBytes !== body.length) return undefined;
    return Buffer.compare(await readFile(path), body) === 0 ? entry.etag : undefined;
  }

  async #replace(
    key: string,
    path: string,
    body: Uint8Array | FileBody,
    { metadata, onlyIfAbsent, onlyIfEtag }: PutOptions,
  ): Promise<PutOutcome> {
    await makeFolder(dirname(path));
    const replaced = await fileOf(path);
    return this.#written(body, async (incoming) => {
      // Renaming and linking leave the ETag as it is, so it can be noted before anyone can see the object.
      const etag = (await fileOf(incoming))?.etag ?? '';
      if (metadata) await this.#note(key, etag, metadata);
      const place = async (): Promise<PutOutcome> => {
        if (onlyIfAbsent) return (await linkNew(incoming, path)) ? 'stored' : 'exists';
        if (onlyIfEtag !== undefined) return this.#replaceVersion(incoming, path, onlyIfEtag);
        await rename(incoming, path);
        return 'stored';
      };
      const outcome = await place();
      if (outcome !== 'stored') {
        if (metadata) await this.#note(key, etag, undefined);
        return outcome;
      }
      await syncFolder(dirname(path));
      if (replaced) await this.#note(key, replaced.etag, undefined);
      return 'stored';
    });
  }

  /**
   * Renames a new file over one version of an object. Of several processes that replace the same version only the one
   * that has claimed it goes on. Once the object is replaced the version never comes back, so a claim need not be kept.
   */
  async #replaceVersion(incoming: string, path: string, etag: string): Promise<PutOutcome> {
    const version = createHash('sha256').update(`${path}\n${etag}`).digest('hex');
    const claim = join(this.#incoming, `claim-${version}`);
    const mine = `${incoming}.claim`;
    await writeFile(mine, String(process.pid), { mode: privateFile });
    try {
      if (!(await linkNew(mine, claim))) {
        if (await isOfRunningProcess(claim)) return 'changed';
        // Its process was killed at this very moment.
        await rm(claim, { force: true });
        if (!(await linkNew(mine, claim))) return 'changed';
      }
      try {
        if ((await fileOf(path))?.etag !== etag) return 'changed';
        await rename(incoming, path);
        return 'stored';
      } finally {
        await rm(claim, { force: true });
      }
    } finally {
      await rm(mine, { force: true });
    }
  }

  /** What `place` makes of a new file with this body, which is gone afterwards if it is still there. */
  async #written<T>(body: Uint8Array | FileBody, place: (incoming: string) => Promise<T>): Promise<T> {
    await makeFolder(this.#incoming);
    this.#swept ??= sweep(this.#incoming);
    await this.#swept;
    const incoming = join(this.#incoming, `${ownerName()}-${randomUUID()}`);
    try {
      await writeThrough(incoming, body);
      return await place(incoming);
    } finally {
      await rm(incoming, { force: true });
    }
  }

  #notePath(key: string, etag: string): string {
    return join(this.#metadata, key, `${etag}.json`);
  }

  /** Notes the metadata of the object with this ETag, or that it has none. */
  async #note(key: string, etag: string, metadata: PutOptions['metadata']): Promise<void> {
    const path = this.#notePath(key, etag);
    if (!metadata) return rm(path, { force: true });
    await makeFolder(dirname(path));
    await this.#written(Buffer.from(JSON.stringify(metadata)), (incoming) => rename(incoming, path));
    await syncFolder(dirname(path));
  }
}

const abandonedMilliseconds = 3_600_000;

/**
 * Removes what a process that was killed has left: it holds people's messages, and nobody will finish it. Of another
 * machine's processes it is unknown here whether they run, so theirs go by age.
 */
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const owner = incomingName.exec(name)?.[1];
    const file = await ifThere(stat(path));
    const isOld = file !== undefined && Date.now() - file.mtimeMs > abandonedMilliseconds;
    if (isOld || (owner !== undefined && isGone(owner))) await rm(path, { force: true });
  }
}

const incomingName = new RegExp(`^(${ownerPattern.source})-`);

async function writeThrough(path: string, body: Uint8Array | FileBody): Promise<void> {
  if (!(body instanceof Uint8Array)) await copyFile(body.path, path, constants.COPYFILE_FICLONE);
  const file = await open(path, body instanceof Uint8Array ? 'wx' : 'r+', privateFile);
  try {
    if (!(body instanceof Uint8Array)) await file.chmod(privateFile);
    if (body instanceof Uint8Array) await file.writeFile(body);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A group's messages are nobody else's on a shared machine. */
const privateFolder = 0o700;
const privateFile = 0o600;

/** Makes a folder, and those above it, so that they survive a power cut. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: privateFolder });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/**
 * Writes a folder's entries through to the disk. Without it a power cut can take back a rename that was already
 * acknowledged. Windows does not open folders, and keeps renames in its own journal.
 */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A note that is damaged says nothing: the object then counts as built from other raw objects, and is built again. */
function metadataOf(note: string): Record<string, string> {
  const fields = asObject(parsedJson(note)) ?? {};
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Gives a file a name that no other file has: false where one has it. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!withoutLinks.has(code ?? '')) throw error;
  }
  try {
    await (await open(to, 'wx', privateFile)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await rename(from, to);
  return true;
}

/** What file systems without hard links answer, such as those of memory sticks. */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Whether the process whose id a file holds still runs; so too where that is not known. */
async function isOfRunningProcess(path: string): Promise<boolean> {
  const processId = Number(await ifThere(readFile(path, 'utf8')));
  if (!Number.isSafeInteger(processId) || processId <= 0) return true;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function fileOf(path: string): Promise<Omit<ObjectHead, 'metadata'> | undefined> {
  const found = await ifThere(stat(path, { bigint: true }));
  if (!found?.isFile()) return undefined;
  // Every put makes a new file: where the clock is too coarse to distinguish two, the inode does.
  const etag = `${found.size.toString(36)}-${found.mtimeNs.toString(36)}-${found.ino.toString(36)}`;
  return { etag, sizeBytes: Number(found.size), storedAtSeconds: Number(found.mtimeNs / 1_000_000_000n) };
}

const looksAtOnce = 64;

interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The entries of a folder as S3 orders them: by bytes, a folder's name ending with its slash. */
async function entriesOf(
  folder: string,
  isWanted: (entry: FolderEntry) => boolean = () => true,
): Promise<FolderEntry[]> {
  const entries: (FolderEntry & { readonly sortName: string })[] = [];
  // The disk is asked about links only.
  for (const entry of (await ifThere(readdir(folder, { withFileTypes: true }))) ?? []) {
    const { name } = entry;
    if (isHidden(name)) continue;
    const isBelow = entry.isSymbolicLink() ? await isFolder(folder, entry) : entry.isDirectory();
    const found = { name, isFolder: isBelow, sortName: isBelow ? `${name}/` : name };
    if (isWanted(found)) entries.push(found);
  }
  // Keys are ASCII, whose characters are ordered as their bytes are.
  return entries.sort((a, b) => (a.sortName < b.sortName ? -1 : 1));
}

/**
 * Whether an entry is a folder or a link to one. A link to a folder above itself is none: it would lead round in
 * circles.
 */
async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const path = join(folder, entry.name);
  if (!(await ifThere(stat(path)))?.isDirectory()) return false;
  const [target, own] = await Promise.all([realpath(path), realpath(folder)]);
  return own !== target && !own.startsWith(join(target, sep));
}

/** Whether there is a file in a folder, at any depth: S3 knows no empty folders. */
async function holdsFile(folder: string): Promise<boolean> {
  const entries = (await ifThere(opendir(folder))) ?? [];
  for await (const entry of entries) {
    if (isHidden(entry.name)) continue;
    const path = join(folder, entry.name);
    if (await isFolder(folder, entry)) {
      if (await holdsFile(path)) return true;
    } else if (entry.isFile() || (await fileOf(path))) return true;
  }
  return false;
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

async function ifThere<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  // A link that leads to itself holds nothing.
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}

async function attempt<T>(action: string, key: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isMissing(error) && action === 'read') throw new ObjectNotFoundError(key, { cause: error });
    throw new StoreError(action, key, error);
  }
}
