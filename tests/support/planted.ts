import type { Form, Member } from './typed-form.ts';

/** A member's name, the place of an item, or the alternative of a union that is meant. */
export type Step =
  | { readonly member: string }
  | { readonly item: 0 }
  | { readonly alternative: Extract<Form, { kind: 'object' }> };

/** A place in a form, from its root. */
export interface Position {
  readonly steps: readonly Step[];
  /** The object that has it, and the member under which it is: `Message.from`. */
  readonly parent: string;
  readonly member: string;
  readonly form: Form;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

export interface WalkOptions {
  /** Whether a form is a place to be yielded, which is then not entered. */
  readonly isPosition: (form: Form, parent: string, member: string) => boolean;
  /**
   * Forms that are entered wherever they are, each with all that is in it, but only so often inside one another. For
   * other forms one way to each is enough.
   */
  readonly everywhere: (name: string) => { readonly family: string; readonly most: number } | undefined;
}

/** Every place of a form that is asked for. */
export function* positionsIn(
  form: Form,
  options: WalkOptions,
  steps: readonly Step[] = [],
  { repeated = [], seen = new Set() }: { repeated?: readonly string[]; seen?: Set<Form> } = {},
  [parent, member]: readonly [string, string] = ['', ''],
): Generator<Position> {
  if (options.isPosition(form, parent, member)) {
    yield { steps, parent, member, form };
    return;
  }
  const { family = '', most = 0 } = (form.kind === 'object' && options.everywhere(form.name)) || {};
  if (most > 0 && repeated.filter((name) => name === family).length >= most) return;
  if (most === 0 && seen.has(form)) return;
  const context = most > 0 ? { repeated: [...repeated, family], seen: new Set<Form>() } : { repeated, seen };
  context.seen.add(form);
  const enter = (inner: Form, step: Step | undefined, names: readonly [string, string]) =>
    positionsIn(inner, options, step ? [...steps, step] : steps, context, names);
  if (form.kind === 'array') yield* enter(form.item, { item: 0 }, [parent, member]);
  if (form.kind === 'union') {
    for (const each of form.alternatives) {
      if (each.kind === 'array') yield* enter(each, undefined, [parent, member]);
      if (each.kind === 'object') yield* enter(each, { alternative: each }, [parent, member]);
    }
  }
  if (form.kind === 'object') {
    for (const each of form.members) {
      // The kinds of an update are of the same forms, and each is to be entered.
      if (steps.length === 0) context.seen = new Set([form]);
      yield* enter(each.form, { member: each.name }, [form.name, each.name]);
    }
  }
}

/** What a form is filled with. */
export interface Filling {
  /** For a form that is not to be filled by its members; undefined for others. */
  readonly value: (form: Form, member: string) => JsonValue | undefined;
  /** For a member of text. */
  readonly text: (parent: string, member: string) => string;
}

/**
 * A value of a form. Members that may be left out are filled once for each form that is met, lists have an item of each
 * alternative: so all that there is is in it once, and it stays small.
 *
 * @param levels - of objects that get such members at all
 */
export function filled(
  form: Form,
  filling: Filling,
  levels: number,
  [parent, member]: readonly [string, string] = ['', ''],
  met: Set<Form> = new Set(),
): JsonValue {
  const given = filling.value(form, member);
  if (given !== undefined) return given;
  const isNew = !met.has(form);
  met.add(form);
  const fill = (inner: Form, names: readonly [string, string] = [parent, member], fewer = levels) =>
    filled(inner, filling, fewer, names, met);
  switch (form.kind) {
    case 'literal':
      return form.value;
    case 'string':
      return filling.text(parent, member);
    case 'number':
      return 7;
    case 'boolean':
      return true;
    case 'array': {
      const items = form.item.kind === 'union' ? form.item.alternatives : [form.item];
      // Of a text in a list of texts in a list one level is enough.
      return items
        .filter((item) => !met.has(item) || item.kind === 'string' || item.kind === 'number')
        .map((item) => fill(item));
    }
    case 'union': {
      const list = form.alternatives.find(({ kind }) => kind === 'array');
      const text = form.alternatives.find(({ kind }) => kind === 'string');
      const chosen =
        (isNew ? list : text) ?? form.alternatives.find((each) => !met.has(each)) ?? form.alternatives[0];
      return chosen ? fill(chosen) : null;
    }
    case 'object': {
      const wanted = form.members.filter(({ isOptional }) => !isOptional || (levels > 0 && isNew));
      return objectOf(wanted, (each) => fill(each.form, [form.name, each.name], levels - 1));
    }
  }
}

/** A value with something planted at a place: on the way there all that must be, and beside it what `beside` says. */
export function planted(
  form: Form,
  { steps }: Pick<Position, 'steps'>,
  value: JsonValue,
  filling: Filling,
  beside: (depth: number) => number,
): JsonValue {
  const [step, ...rest] = steps;
  if (!step) return value;
  const next = (inner: Form) => planted(inner, { steps: rest }, value, filling, beside);
  if ('alternative' in step) return next(step.alternative);
  if (form.kind === 'union') {
    const inner = form.alternatives.find(({ kind }) => kind === 'array') ?? form;
    return planted(inner, { steps }, value, filling, beside);
  }
  if ('item' in step) {
    if (form.kind !== 'array') throw new Error('no list');
    return [next(form.item), filled(form.item, filling, 0)];
  }
  if (form.kind !== 'object') throw new Error(`no object with ${step.member}`);
  const levels = beside(rest.length);
  const wanted = form.members.filter(
    ({ name, isOptional }) => name === step.member || !isOptional || levels > 0,
  );
  return objectOf(wanted, (each) =>
    each.name === step.member
      ? next(each.form)
      : filled(each.form, filling, levels - 1, [form.name, each.name]),
  );
}

function objectOf(members: readonly Member[], value: (member: Member) => JsonValue): JsonValue {
  return Object.fromEntries(members.map((member) => [member.name, value(member)]));
}

/** The value at a place, as an object to be looked at or changed. */
export function reached(value: JsonValue, steps: readonly Step[]): { [name: string]: JsonValue } {
  let inner: JsonValue | undefined = value;
  for (const step of steps) {
    if ('member' in step) inner = (inner as Record<string, JsonValue>)[step.member];
    else if ('item' in step) inner = (inner as JsonValue[])[0];
  }
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) throw new Error('no object there');
  return inner;
}
