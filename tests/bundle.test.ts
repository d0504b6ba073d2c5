import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { resourcesOf, root, type TemplateValue } from './support/template.ts';

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
  let directory: string;
  const bundles = new Map<string, { file: string; inputs: string[]; sizeBytes: number }>();

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'bundle-'));
    for (const [id, { Metadata }] of resourcesOf('AWS::Serverless::Function')) {
      const outdir = join(directory, id);
      const { metafile } = await build({ ...esbuildOptions(Metadata.BuildProperties), outdir });
      bundles.set(id, onlyOutput(metafile));
    }
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const [id, { Metadata, Properties }] of resourcesOf('AWS::Serverless::Function')) {
    it(`of ${id} exports the handler that the template names`, async () => {
      const file = bundles.get(id)?.file ?? '';
      const [module, name] = Properties.Handler.split('.');
      expect(basename(file)).to.equal(`${module}.mjs`);
      // Started from a file by a Node of its own, as Lambda does: what is wrong with require() shows only so.
      const main = join(directory, `${id}.mjs`);
      writeFileSync(
        main,
        `import * as handlers from ${JSON.stringify(pathToFileURL(file))}; console.log(typeof handlers.${name});`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, [main], {
        cwd: directory,
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
      const folders = new Set(own.map((input) => input.split('/').slice(1, -1).join('/')));
      expect([...folders]).to.have.members([stage, 'lake', 'telegram', '']);
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

/** esbuild's own options for a template's build properties, translated as `sam build` does. */
function esbuildOptions(properties: TemplateValue): BuildOptions & { metafile: true } {
  const { EntryPoints, Format, OutExtension, Target, MainFields, Minify, Sourcemap, Banner, ...unknown } =
    properties;
  expect(unknown, 'build properties that this test does not know').to.deep.equal({});
  return {
    absWorkingDir: root,
    entryPoints: EntryPoints.map((file: string) => join('src', file)),
    bundle: true,
    platform: 'node',
    format: Format,
    outExtension: pairs(OutExtension),
    target: Target,
    mainFields: MainFields.split(','),
    minify: Minify,
    sourcemap: Sourcemap,
    banner: pairs(Banner),
    metafile: true,
    logLevel: 'silent',
  };
}

/** `['.js=.mjs']` as `{'.js': '.mjs'}`. */
function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(list.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
}

function onlyOutput({ outputs }: Metafile): { file: string; inputs: string[]; sizeBytes: number } {
  const [[path, output] = ['', undefined], ...others] = Object.entries(outputs);
  if (!output || others.length > 0) throw new Error('a bundle is one file');
  return { file: join(root, path), inputs: Object.keys(output.inputs), sizeBytes: output.bytes };
}

/** The npm packages among a bundle's inputs. */
function packagesOf(inputs: readonly string[]): string[] {
  return [
    ...new Set(inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])),
  ];
}
