import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ObjectNotFoundError, type ObjectStore, StoreError } from '../../src/storage/object-store.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * Declares what every object store keeps: each promise of the port, as tests over a store of one kind.
 *
 * @param kind - what the store is, for the suite's title
 * @param create - a new, empty store; called for each test, which leaves what it stored to the caller to remove
 * @param many - false leaves out the test of a listing of several pages
 */
export function objectStoreContract(
  kind: string,
  create: () => Promise<ObjectStore>,
  { many = true }: { readonly many?: boolean } = {},
): void {
  describe(`object store: ${kind}`, () => {
    const folder = temporaryFolder();
    let store: ObjectStore;
    beforeEach(async () => {
      store = await create();
    });

    const keys = async (prefix: string) =>
      (await Array.fromAsync(store.listObjects(prefix))).map(({ key }) => key);
    const folders = (prefix: string) => Array.fromAsync(store.listFolders(prefix));
    const text = async (key: string) => Buffer.from(await store.getObject(key)).toString();
    const etag = async (key: string) => (await store.headObject(key))?.etag;
    const putAll = (all: readonly string[]) =>
      inParallel(all, (key) => store.putObject(key, Buffer.from(key)));

    describe('an object', () => {
      for (const [what, body] of bodies) {
        it(`comes back byte for byte: ${what}`, async () => {
          expect(await store.putObject('a/body', body)).to.equal('stored');
          expect(Buffer.compare(await store.getObject('a/body'), body)).to.equal(0);
          expect((await store.headObject('a/body'))?.sizeBytes).to.equal(body.length);
          const [entry] = await Array.fromAsync(store.listObjects('a/'));
          expect(entry).to.include({ key: 'a/body', sizeBytes: body.length });
        });
      }

      it('tells when it was put', async () => {
        await store.putObject('a/body', Buffer.from('body'));
        // Clocks of two machines may differ.
        expect((await store.headObject('a/body'))?.storedAtSeconds).to.be.closeTo(Date.now() / 1000, 3_600);
      });

      it('keeps the bytes that were put, whatever becomes of the buffer', async () => {
        const body = Buffer.from('before');
        await store.putObject('a/body', body);
        body.fill('x');
        (await store.getObject('a/body')).fill(120);
        expect(await text('a/body')).to.equal('before');
      });

      it('has the same ETag in a listing as when looked up', async () => {
        await store.putObject('a/body', Buffer.from('bytes'));
        const [entry] = await Array.fromAsync(store.listObjects('a/'));
        expect(entry?.etag)
          .to.be.a('string')
          .that.equals(await etag('a/body')).and.is.not.empty;
      });

      it('keeps its ETag when the same bytes are put again', async () => {
        await store.putObject('a/body', Buffer.from('bytes'));
        const before = await etag('a/body');
        await store.putObject('a/body', Buffer.from('bytes'));
        expect(await etag('a/body')).to.equal(before);
      });

      it('has another ETag whenever the bytes change, also at the same size and within a moment', async () => {
        const etags = new Set<string | undefined>();
        for (let version = 10; version < 30; version++) {
          await store.putObject('a/body', Buffer.from(`version ${version}`));
          etags.add(await etag('a/body'));
        }
        expect(etags).to.have.property('size', 20);
      });

      it('is missed by an error that names its key', async () => {
        const error = await rejection(store.getObject('a/missing'));
        expect(error).to.be.instanceOf(ObjectNotFoundError).with.property('key', 'a/missing');
      });

      it('is undefined when looked up in vain', async () => {
        await store.putObject('a/body', Buffer.from('bytes'));
        for (const key of ['a/missing', 'a', 'b/body']) {
          expect(await store.headObject(key)).to.equal(undefined);
        }
      });

      it('is gone once deleted, and may be deleted again', async () => {
        await putAll(['a/body', 'a/other']);
        await store.deleteObject('a/body');
        await store.deleteObject('a/body');
        expect(await rejection(store.getObject('a/body'))).to.be.instanceOf(ObjectNotFoundError);
        expect(await store.headObject('a/body')).to.equal(undefined);
        expect(await keys('')).to.deep.equal(['a/other']);
      });

      it('is replaced whole while others read it', async () => {
        const versions = [Buffer.alloc(300_000, 'a'), Buffer.alloc(200_000, 'b'), Buffer.alloc(250_000, 'c')];
        await store.putObject('a/body', versions[0] as Buffer);
        let writing = true;
        const reading = (async () => {
          let reads = 0;
          for (; writing || reads === 0; reads++) {
            const body = await store.getObject('a/body');
            if (!versions.some((version) => version.equals(body))) {
              throw new Error('read what nobody wrote');
            }
            expect(await keys('a/')).to.deep.equal(['a/body']);
          }
          return reads;
        })();
        for (let round = 0; round < 30; round++) {
          await store.putObject('a/body', versions[round % 3] as Buffer);
        }
        writing = false;
        expect(await reading).to.be.greaterThan(0);
      });

      it('is one of the bodies, whole and with its own metadata, when several are put at once', async () => {
        for (let round = 0; round < 5; round++) {
          const writers = Array.from({ length: 8 }, (_, i) => `writer-${i}`);
          await Promise.all(
            writers.map((writer) =>
              store.putObject('a/body', Buffer.from(writer.repeat(10)), { metadata: { writer } }),
            ),
          );
          const writer = (await store.headObject('a/body'))?.metadata.writer ?? 'none';
          expect(writers).to.include(writer);
          expect(await text('a/body')).to.equal(writer.repeat(10));
        }
      });
    });

    describe('metadata', () => {
      const metadata = { fingerprint: 'c0ffee'.repeat(10), 'row-count': '12', note: 'a = "b"; c, d' };

      it('comes back as it was put', async () => {
        await store.putObject('a/body', Buffer.from('bytes'), { contentType: 'text/plain', metadata });
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal(metadata);
      });

      it('is empty where none was put', async () => {
        await store.putObject('a/body', Buffer.from('bytes'));
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({});
      });

      it('is replaced as a whole by the next put, also of the same bytes', async () => {
        await store.putObject('a/body', Buffer.from('bytes'), { metadata });
        await store.putObject('a/body', Buffer.from('bytes'), { metadata: { 'row-count': '13' } });
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({ 'row-count': '13' });
        await store.putObject('a/body', Buffer.from('bytes'));
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({});
      });

      it('goes with its object', async () => {
        await store.putObject('a/body', Buffer.from('bytes'), { metadata });
        await store.deleteObject('a/body');
        await store.putObject('a/body', Buffer.from('bytes'));
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({});
      });
    });

    describe('put only if absent', () => {
      const onlyIfAbsent = { onlyIfAbsent: true, metadata: { writer: 'second' } };

      it('leaves bytes, ETag and metadata of an object that is there as they are', async () => {
        await store.putObject('a/body', Buffer.from('first'), { metadata: { writer: 'first' } });
        const before = await store.headObject('a/body');
        expect(await store.putObject('a/body', Buffer.from('second'), onlyIfAbsent)).to.equal('exists');
        expect(await text('a/body')).to.equal('first');
        expect(await store.headObject('a/body')).to.deep.equal(before);
      });

      it('stores an object that is not there, or not any more', async () => {
        expect(await store.putObject('a/body', Buffer.from('first'), onlyIfAbsent)).to.equal('stored');
        await store.deleteObject('a/body');
        expect(await store.putObject('a/body', Buffer.from('second'), onlyIfAbsent)).to.equal('stored');
        expect(await text('a/body')).to.equal('second');
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({ writer: 'second' });
      });

      it('stores exactly one of several put at once', async () => {
        const bodies = Array.from({ length: 12 }, (_, i) => `body ${i}`);
        const outcomes = await Promise.all(
          bodies.map((body) => store.putObject('a/body', Buffer.from(body), { onlyIfAbsent: true })),
        );
        expect(outcomes.filter((outcome) => outcome === 'stored')).to.have.lengthOf(1);
        expect(await text('a/body')).to.equal(bodies[outcomes.indexOf('stored')]);
      });
    });

    describe('put only over one version', () => {
      it('replaces that version, and with it its metadata', async () => {
        await store.putObject('a/body', Buffer.from('first'), { metadata: { writer: 'first' } });
        const options = { onlyIfEtag: (await etag('a/body')) ?? '', metadata: { writer: 'second' } };
        expect(await store.putObject('a/body', Buffer.from('second'), options)).to.equal('stored');
        expect(await text('a/body')).to.equal('second');
        expect((await store.headObject('a/body'))?.metadata).to.deep.equal({ writer: 'second' });
      });

      it('leaves an object that was replaced since as it is, and one that was deleted away', async () => {
        await store.putObject('a/body', Buffer.from('first'));
        const onlyIfEtag = (await etag('a/body')) ?? '';
        await store.putObject('a/body', Buffer.from('other'), { metadata: { writer: 'other' } });
        const before = await store.headObject('a/body');
        const late = () => store.putObject('a/body', Buffer.from('late'), { onlyIfEtag, metadata: {} });
        expect(await late()).to.equal('changed');
        expect(await text('a/body')).to.equal('other');
        expect(await store.headObject('a/body')).to.deep.equal(before);
        await store.deleteObject('a/body');
        expect(await late()).to.equal('changed');
        expect(await keys('')).to.deep.equal([]);
      });

      it('lets one of several writers replace it', async () => {
        for (let round = 0; round < 5; round++) {
          await store.putObject('a/body', Buffer.from(`round ${round}`));
          const onlyIfEtag = (await etag('a/body')) ?? '';
          const bodies = Array.from({ length: 12 }, (_, i) => `round ${round}, body ${i}`);
          const outcomes = await Promise.all(
            bodies.map((body) => store.putObject('a/body', Buffer.from(body), { onlyIfEtag })),
          );
          expect(outcomes.filter((outcome) => outcome === 'stored')).to.have.lengthOf(1);
          expect(await text('a/body')).to.equal(bodies[outcomes.indexOf('stored')]);
        }
      });

      it('takes the body from a file as well', async () => {
        const path = join(folder(), 'body');
        await writeFile(path, 'second');
        await store.putObject('a/body', Buffer.from('first'));
        const onlyIfEtag = (await etag('a/body')) ?? '';
        expect(await store.putObject('a/body', { path }, { onlyIfEtag })).to.equal('stored');
        expect(await store.putObject('a/body', { path }, { onlyIfEtag: '"none"' })).to.equal('changed');
        expect(await text('a/body')).to.equal('second');
      });
    });

    describe('the body in a file', () => {
      it('is stored as the same bytes in a buffer are, at any size', async () => {
        const path = join(folder(), 'body');
        for (const sizeBytes of [6_000_001, 0]) {
          const body = Buffer.alloc(sizeBytes, 'telegram lake ');
          await writeFile(path, body);
          const options = { contentType: 'application/octet-stream', metadata: { size: String(sizeBytes) } };
          expect(await store.putObject('a/body', { path }, options)).to.equal('stored');
          expect(Buffer.compare(await store.getObject('a/body'), body)).to.equal(0);
          expect(await store.headObject('a/body')).to.deep.include({ sizeBytes, metadata: options.metadata });
        }
      });

      it('is copied: the object stays when the file changes', async () => {
        const path = join(folder(), 'body');
        await writeFile(path, 'before');
        await store.putObject('a/body', { path });
        await writeFile(path, 'after!');
        expect(await text('a/body')).to.equal('before');
      });

      it('is not taken when there is an object already', async () => {
        const path = join(folder(), 'body');
        await writeFile(path, 'second');
        await store.putObject('a/body', Buffer.from('first'));
        expect(await store.putObject('a/body', { path }, { onlyIfAbsent: true })).to.equal('exists');
        expect(await text('a/body')).to.equal('first');
      });

      it('leaves the object as it was when the file cannot be read', async () => {
        await store.putObject('a/body', Buffer.from('first'));
        const error = await rejection(store.putObject('a/body', { path: join(folder(), 'missing') }));
        expect(error).to.be.instanceOf(StoreError).with.property('key', 'a/body');
        expect(await text('a/body')).to.equal('first');
      });
    });

    describe('a listing', () => {
      it('is in the byte order of the keys, not in that of words or folders', async () => {
        await putAll(shuffled(sortedKeys));
        expect(await keys('')).to.deep.equal(sortedKeys);
      });

      it('finds every printable character in a key', async () => {
        await putAll(oddKeys);
        expect(await keys('odd/')).to.deep.equal(oddKeys);
        for (const key of oddKeys) expect(await text(key)).to.equal(key);
      });

      it('holds the keys that begin with the prefix, wherever it ends', async () => {
        await putAll(sortedKeys);
        const prefixes = ['a', 'a/', 'a/b', 'a/b/', 'a/b/1', 'a/b/1.json', 'a-', 'c', 'zz', 'a/b/1.json/'];
        for (const prefix of prefixes) {
          const expected = sortedKeys.filter((key) => key.startsWith(prefix));
          expect(await keys(prefix), prefix).to.deep.equal(expected);
        }
      });

      it('is empty in an empty store', async () => {
        expect(await keys('')).to.deep.equal([]);
        expect(await folders('telegram/')).to.deep.equal([]);
      });

      it('holds what was just put, and not what was just deleted', async () => {
        for (let i = 0; i < 10; i++) {
          await store.putObject(`a/${i}`, Buffer.from('bytes'));
          expect(await keys('a/')).to.deep.equal([`a/${i}`]);
          await store.deleteObject(`a/${i}`);
          expect(await keys('a/')).to.deep.equal([]);
        }
      });

      it('may be left before its end', async () => {
        await putAll(sortedKeys);
        for await (const { key } of store.listObjects('')) {
          expect(key).to.equal(sortedKeys[0]);
          break;
        }
        expect(await keys('')).to.have.lengthOf(sortedKeys.length);
      });

      it('has the folders directly below a prefix, each once and in byte order', async () => {
        await putAll(sortedKeys);
        expect(await folders('')).to.deep.equal(['A/', 'a-b/', 'a.b/', 'a/', 'a0/', 'ab/', 'b/']);
        expect(await folders('a/')).to.deep.equal(['a/b/', 'a/c/']);
        expect(await folders('a/b/')).to.deep.equal([]);
      });

      it('no longer has a folder whose last object was deleted', async () => {
        await putAll(['a/b/c/1', 'a/d/1']);
        await store.deleteObject('a/b/c/1');
        expect(await folders('a/')).to.deep.equal(['a/d/']);
        await store.putObject('a/b/c/1', Buffer.from('again'));
        expect(await folders('a/')).to.deep.equal(['a/b/', 'a/d/']);
      });
    });

    if (!many) return;
    describe('more than 1,000 objects', () => {
      const sorted = Array.from(
        { length: 1_050 },
        (_, i) => `many/folder=${String(i).padStart(4, '0')}/1.json`,
      );

      it('are all listed in order, their folders too, also while they are deleted', async () => {
        await putAll(shuffled(sorted));
        expect(await keys('many/')).to.deep.equal(sorted);
        expect(await folders('many/')).to.deep.equal(sorted.map((key) => key.replace('1.json', '')));
        const deleted: string[] = [];
        for await (const { key } of store.listObjects('many/')) {
          await store.deleteObject(key);
          deleted.push(key);
        }
        expect(deleted).to.deep.equal(sorted);
        expect(await keys('')).to.deep.equal([]);
      }).timeout(60_000);
    });
  });
}

const bodies: readonly [what: string, body: Buffer][] = [
  ['no byte at all', Buffer.alloc(0)],
  ['every byte there is', Buffer.from(Array.from({ length: 1_024 }, (_, i) => i % 256))],
  ['line ends and a byte order mark', Buffer.from('\uFEFF{"a":\r\n1}\n\n')],
  ['text beyond ASCII', Buffer.from('{"text":"Olá 👋🏽 مرحبا"}')],
  ['the first bytes of a gzip file', Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0])],
  ['more than a chunk', Buffer.alloc(1_500_000, 'telegram lake ')],
];

/** In byte order: `-` and `.` come before `/`, digits and letters after it, capitals before small letters. */
const sortedKeys = [
  'A/1.json',
  'B.json',
  'a-b/1.json',
  'a.b/1.json',
  'a.json',
  'a/b.json',
  'a/b/1.json',
  'a/b/10.json',
  'a/b/2.json',
  'a/c/1.json',
  'a0/1.json',
  'ab/1.json',
  'b/-1001234567890.json',
  'b/20261122235959-000000000009.json',
  'b/20261122235959-000000000010.json',
  'b/_',
  'b/a=1',
  'b/a~',
];

/** Every printable character of ASCII but the slash, each where a URL, XML or a shell would mean something by it. */
const oddKeys = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i))
  .filter((character) => character !== '/')
  .map((character) => `odd/x${character}y`)
  .concat('odd/%2F&amp;+%20.json');
oddKeys.sort();

/** In an order that is neither sorted nor the same as given, but always the same. */
function shuffled<T>(items: readonly T[]): T[] {
  return items.map((_, i) => items[(i * 7_919 + 3) % items.length] as T);
}

async function inParallel<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await run(item);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}
