import { join } from 'node:path';
import { expect } from 'chai';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { root, type TemplateValue, template } from './template.ts';

/** What `sam build` makes of a function: one file. */
export interface Bundle {
  readonly file: string;
  /** Paths of the files that it is made from, from the root of the project. */
  readonly inputs: readonly string[];
  readonly sizeBytes: number;
}

/**
 * Builds a function of the template as `sam build` does.
 *
 * @param id - the function's logical id
 * @param entryPoint - from the root of the project: a handler to build in place of the function's own
 */
export async function buildBundle(id: string, outdir: string, entryPoint?: string): Promise<Bundle> {
  const options = esbuildOptions(template.Resources[id]?.Metadata.BuildProperties);
  const { metafile } = await build({ ...options, outdir, ...(entryPoint && { entryPoints: [entryPoint] }) });
  return onlyOutput(metafile);
}

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

function onlyOutput({ outputs }: Metafile): Bundle {
  const [[path, output] = ['', undefined], ...others] = Object.entries(outputs);
  if (!output || others.length > 0) throw new Error('a bundle is one file');
  return { file: join(root, path), inputs: Object.keys(output.inputs), sizeBytes: output.bytes };
}
