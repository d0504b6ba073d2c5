import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, type ScalarTag } from 'yaml';

/** A value of the template: JSON, with CloudFormation's short forms (`!Ref x`) as their long ones (`{Ref: 'x'}`). */
// biome-ignore lint/suspicious/noExplicitAny: the tests reach deep into a document whose shape they assert
export type TemplateValue = any;

/** One resource of the template, by its logical id. */
export interface Resource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: TemplateValue;
  readonly Properties: TemplateValue;
}

/** The root of the project. */
export const root = dirname(import.meta.dirname);

/** template.yaml as CloudFormation would read it, before SAM's transformation. */
export const template: {
  readonly Metadata: Readonly<Record<string, TemplateValue>>;
  readonly Parameters: Readonly<Record<string, TemplateValue>>;
  readonly Conditions: Readonly<Record<string, TemplateValue>>;
  readonly Globals: Readonly<Record<string, TemplateValue>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, TemplateValue>>;
} = parse(readFileSync(join(root, 'template.yaml'), 'utf8'), {
  customTags: ['Ref', 'Condition', 'Sub', 'GetAtt', 'Join', 'Select', 'Split', 'If', 'Equals', 'Not'].flatMap(
    tags,
  ),
});

/** The resources of one type, by logical id. */
export function resourcesOf(type: string): [id: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/**
 * A text with its `!Sub` resolved, as CloudFormation does: `${Name}` by value, `${!Name}` as the text `${Name}`.
 *
 * @throws Error when it names what has no value
 */
export function substitute(value: TemplateValue, values: Readonly<Record<string, string>>): string {
  return String(value['Fn::Sub']).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const text = values[name];
    if (text === undefined) throw new Error(`no value for ${name}`);
    return text;
  });
}

function tags(name: string) {
  const long = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const tag = `!${name}`;
  const scalar: ScalarTag = { tag, resolve: (text) => ({ [long]: text }) };
  const collection = (kind: 'seq' | 'map') => ({
    tag,
    collection: kind,
    resolve: (node: { toJSON(): unknown }) => ({ [long]: node.toJSON() }),
  });
  return [scalar, collection('seq'), collection('map')];
}
