import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type Bundle, buildBundle } from '../../tools/function-bundle.ts';
import { resourcesOf } from '../../tools/template.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

const environment = {
  AWS_REGION: 'us-east-1',
  AWS_S3_BUCKET: 'raw',
  AWS_S3_ENRICHED: 'enriched',
  TELEGRAM_CHAT_ID: '-1001234567890',
  TELEGRAM_SECRET_TOKEN: 'local',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'TelegramLake/test',
};

// Each megabyte more is read and compiled at each cold start.
const maximumBytes: Readonly<Record<string, number>> = { IngestFunction: 1_500_000, EtlFunction: 4_000_000 };

describe('function bundle', function () {
  this.timeout(60_000);
  const directory = suiteFolder();
  const bundles = new Map<string, Bundle>();

  before(async () => {
    for (const [id] of resourcesOf('AWS::Serverless::Function')) {
      bundles.set(id, await buildBundle(id, join(directory(), id)));
    }
  });

  for (const [id, { Metadata, Properties }] of resourcesOf('AWS::Serverless::Function')) {
    it(`of ${id} exports the handler that the template names`, async () => {
      const file = bundles.get(id)?.file ?? '';
      const [module, name] = Properties.Handler.split('.');
      expect(basename(file)).to.equal(`${module}.mjs`);
      // Started from a file by a Node of its own, as Lambda does: what is wrong with require() shows only so.
      const main = join(directory(), `${id}.mjs`);
      writeFileSync(
        main,
        `import * as handlers from ${JSON.stringify(pathToFileURL(file))}; console.log(typeof handlers.${name});`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, [main], {
        cwd: directory(),
        env: environment,
      });
      expect(stdout.trim()).to.equal('function');
    });

    it(`of ${id} has at most ${maximumBytes[id]} bytes`, () => {
      expect(bundles.get(id)?.sizeBytes).to.be.at.most(maximumBytes[id] ?? 0);
    });

    it(`of ${id} is made from the code of its own stage`, () => {
      const stage = Metadata.BuildProperties.EntryPoints[0].split('/')[0];
      const own = bundles.get(id)?.inputs.filter((input) => input.startsWith('src/')) ?? [];
      const folders = new Set(own.map((input) => input.split('/')[1]));
      expect([...folders]).to.have.members([stage, 'lake', 'telegram', 'storage', 'base']);
    });
  }

  it('of the ingest function holds nothing of the ETL, whose code would only slow its start', () => {
    const packages = packagesOf(bundles.get('IngestFunction')?.inputs ?? []);
    expect(packages).to.include('@aws-sdk/client-s3');
    for (const name of ['@dsnp/parquetjs', '@aws-sdk/client-athena', 'undici']) {
      expect(packages).not.to.include(name);
    }
  });

  it('of either function holds no development dependency', () => {
    for (const [id, { inputs }] of bundles) {
      for (const name of packagesOf(inputs))
        expect(name, id).not.to.match(/^(@duckdb|@biomejs|@grammyjs|node$|commander$|vega)/);
    }
  });
});

/** The npm packages among a bundle's inputs. */
function packagesOf(inputs: readonly string[]): string[] {
  return [
    ...new Set(inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])),
  ];
}
