import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from './support/template.ts';

const directory = join(root, 'events');
const files = readdirSync(directory).filter((file) => /^(ingest|etl)-.*\.json$/.test(file));
const read = (file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8'));

describe('sample events', () => {
  it('are each described in events/README.md', () => {
    const readme = readFileSync(join(directory, 'README.md'), 'utf8');
    const described = [...readme.matchAll(/^\| ((?:ingest|etl)-\S+\.json) \|/gm)].map(([, file]) => file);
    expect(described).to.have.members(files);
  });

  it('of the webhook have the same headers in both of the shapes that API Gateway gives them', () => {
    const apiEvents = files.map(read).filter((event) => 'requestContext' in event);
    expect(apiEvents).to.have.length(17);
    for (const { headers, multiValueHeaders, requestContext, httpMethod, path } of apiEvents) {
      const single = Object.entries(multiValueHeaders).map(([name, values]) => [
        name,
        (values as string[])[0],
      ]);
      expect(Object.fromEntries(single)).to.deep.equal(headers);
      expect(requestContext).to.include({ httpMethod, resourcePath: path });
    }
  });

  it('have bodies as Telegram writes them: a line break after update_id, and nothing but ASCII', () => {
    const { body } = read('ingest-text.json');
    expect(body).to.match(/^\{"update_id":\d+,\n"message":\{/);
    expect(body).to.match(/^[\n\x20-\x7e]+$/);
    expect(JSON.parse(body).message.text).to.include('ç');
  });
});
