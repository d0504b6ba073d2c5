import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isApiEvent } from '../../src/ingest/api-event.ts';
import { root } from '../../tools/template.ts';
import { sampleEvent, sampleEventNames } from '../support/sample-event.ts';

const names = [...sampleEventNames('ingest-'), ...sampleEventNames('etl-')];

describe('sample events', () => {
  it('are each described in events/README.md', () => {
    const readme = readFileSync(join(root, 'events/README.md'), 'utf8');
    const described = [...readme.matchAll(/^\| ((?:ingest|etl)-\S+)\.json \|/gm)].map(([, name]) => name);
    expect(described).to.have.members(names);
  });

  it('of the webhook have the same headers in both of the shapes that API Gateway gives them', () => {
    const apiEvents = names.map(sampleEvent).filter(isApiEvent);
    expect(apiEvents).to.have.length(17);
    for (const { headers, multiValueHeaders, requestContext, httpMethod, path } of apiEvents) {
      const single = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name, values?.[0]]);
      expect(Object.fromEntries(single)).to.deep.equal(headers);
      expect(requestContext).to.include({ httpMethod, resourcePath: path });
    }
  });

  it('have bodies as Telegram writes them: a line break after update_id, and nothing but ASCII', () => {
    const { body } = sampleEvent('ingest-text') as { body: string };
    expect(body).to.match(/^\{"update_id":\d+,\n"message":\{/);
    expect(body).to.match(/^[\n\x20-\x7e]+$/);
    expect(JSON.parse(body).message.text).to.include('ç');
  });
});
