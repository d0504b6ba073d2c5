import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryRunner } from '../../src/query/query-runner.ts';
import { installed, MissingToolError, printed, python, runInstaller } from './installed.ts';
import { startServer } from './server-process.ts';
import { trinoRunner } from './trino-runner.ts';

// The newest server that Maven Central has, and the Java it asks for.
const version = 476;
const oldestJava = 24;

/** A Trino node, the open engine that Athena's version 3 is built from, over the tables of an emulated account. */
export interface Trino {
  readonly url: string;
  /** Runs statements on it; the tables of the Glue database `schema` are in reach by their bare names. */
  runner(schema: string): Pick<QueryRunner, 'run'>;
  stop(): Promise<void>;
}

/**
 * Installs Trino if need be (about 450 MB from Maven Central), and starts one node of it in 0.6 GB of memory.
 *
 * Its catalog `awsdatacatalog` reads the Glue tables of the account and the S3 objects behind them, as Athena does:
 * partition projection is computed from the table's parameters.
 *
 * @param endpoint - of the emulated account
 * @param port - a free one, so that the account knows beforehand where Trino will be
 * @throws MissingToolError when there is no Java 24, no Maven or no Python
 */
export async function startTrino(endpoint: string, port: number): Promise<Trino> {
  const java = await findJava();
  const home = await installed(`trino-${version}`, installTrino);
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-trino-'));
  const url = `http://127.0.0.1:${port}`;
  writeConfiguration(folder, { home, endpoint, url, port });
  try {
    const server = await startServer({
      name: 'trino',
      // It writes a log beside the one of its output.
      cwd: folder,
      command: java,
      args: [...javaOptions(folder), '-cp', join(home, 'lib', '*'), 'io.trino.server.TrinoServer'],
      ready: () => answers(url),
      seconds: 180,
    });
    return {
      url,
      runner: (schema) => trinoRunner(url, schema),
      async stop() {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function findJava(): Promise<string> {
  const homes = [process.env.JAVA_HOME ?? '', ...jvmFolders()].filter(Boolean);
  const found = [];
  for (const java of [...homes.map((home) => join(home, 'bin', 'java')), 'java']) {
    const major = /version "(\d+)/.exec((await printed(java, '-version')) ?? '')?.[1];
    if (Number(major) >= oldestJava) return java;
    if (major) found.push(major);
  }
  throw new MissingToolError(
    `Trino ${version} needs Java ${oldestJava} or newer; found ${[...new Set(found)].join(', ') || 'none'} (set JAVA_HOME)`,
  );
}

function jvmFolders(): string[] {
  try {
    return readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name));
  } catch {
    return [];
  }
}

/** Only the Hive connector: none of the plugins that come with the core is used. */
async function installTrino(folder: string): Promise<void> {
  const { command } = await python();
  if (!(await printed('mvn', '--version')))
    throw new MissingToolError(`Trino ${version} needs Maven, as mvn`);
  const download = (artifact: string) =>
    runInstaller('mvn', [
      '--batch-mode',
      '--quiet',
      'org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy',
      `-Dartifact=io.trino:${artifact}`,
      `-DoutputDirectory=${join(folder, 'download')}`,
    ]);
  await download(`trino-server-core:${version}:tar.gz`);
  await download(`trino-hive:${version}:zip`);
  await runInstaller('tar', [
    '--extract',
    '--gzip',
    '--strip-components=1',
    `--exclude=trino-server-core-${version}/plugin/*`,
    `--file=${join(folder, 'download', `trino-server-core-${version}.tar.gz`)}`,
    `--directory=${folder}`,
  ]);
  await runInstaller(command, [
    '-m',
    'zipfile',
    '-e',
    join(folder, 'download', `trino-hive-${version}.zip`),
    join(folder, 'plugin'),
  ]);
  await rm(join(folder, 'download'), { recursive: true });
}

interface Configuration {
  readonly home: string;
  readonly endpoint: string;
  readonly url: string;
  readonly port: number;
}

function writeConfiguration(folder: string, { home, endpoint, url, port }: Configuration): void {
  const write = (name: string, settings: Readonly<Record<string, string | number>>) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(join(folder, name), lines.join(''));
  };
  mkdirSync(join(folder, 'catalog'));
  write('config.properties', {
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': port,
    // It would go into the folder that the tests are run from.
    'http-server.log.enabled': 'false',
    'discovery.uri': url,
    'plugin.dir': join(home, 'plugin'),
    'catalog.config-dir': join(folder, 'catalog'),
    'query.max-memory': '600MB',
    'query.max-memory-per-node': '600MB',
    'memory.heap-headroom-per-node': '250MB',
    'web-ui.enabled': 'false',
  });
  write('log.properties', { 'io.trino': 'INFO' });
  write('catalog/awsdatacatalog.properties', {
    'connector.name': 'hive',
    // A query on questions lists every day some twenty times, at once: more than the emulator's one process takes.
    'hive.split-loader-concurrency': '2',
    'hive.metastore': 'glue',
    'hive.metastore.glue.region': 'us-east-1',
    'hive.metastore.glue.endpoint-url': endpoint,
    'hive.metastore.glue.aws-access-key': 'test',
    'hive.metastore.glue.aws-secret-key': 'testtest',
    'fs.native-s3.enabled': 'true',
    's3.region': 'us-east-1',
    's3.endpoint': endpoint,
    's3.path-style-access': 'true',
    's3.aws-access-key': 'test',
    's3.aws-secret-key': 'testtest',
    'hive.partition-projection-enabled': 'true',
    // INSERT INTO writes to external tables on Athena.
    'hive.non-managed-table-writes-enabled': 'true',
    // Statistics would be calls to the account for each table in each query.
    'hive.table-statistics-enabled': 'false',
    'hive.collect-column-statistics-on-write': 'false',
  });
}

/** For a small heap and a quick start: a server for tests does not live long enough for an optimizing compiler. */
function javaOptions(folder: string): string[] {
  return [
    '-Xms256M',
    '-Xmx1500M',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    '--enable-native-access=ALL-UNNAMED',
    '--sun-misc-unsafe-memory-access=allow',
    // Trino demands these two of its JVM.
    '-Djdk.attach.allowAttachSelf=true',
    '-Dfile.encoding=UTF-8',
    '-Dnode.environment=test',
    '-Dnode.id=test',
    '-Dnode.internal-address=127.0.0.1',
    '-Dnode.bind-ip=127.0.0.1',
    `-Dnode.data-dir=${join(folder, 'work')}`,
    `-Dlog.levels-file=${join(folder, 'log.properties')}`,
    `-Dconfig=${join(folder, 'config.properties')}`,
  ];
}

/** Answers once its own node has joined: before, a query would wait for one. */
async function answers(url: string): Promise<boolean> {
  const info = await fetch(`${url}/v1/info`, { signal: AbortSignal.timeout(2_000) });
  if (((await info.json()) as { starting: boolean }).starting) return false;
  const { rows } = await trinoRunner(url, 'default').run(
    "SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'",
  );
  return rows[0]?.[0] === 1;
}
