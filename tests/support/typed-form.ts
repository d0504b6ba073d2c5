import { API, type Checker, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';

/** The form of a JSON value, as a TypeScript type says it. */
export type Form =
  | { readonly kind: 'object'; readonly name: string; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly name: string; readonly item: Form }
  | { readonly kind: 'union'; readonly name: string; readonly alternatives: readonly Form[] }
  | { readonly kind: 'literal'; readonly name: string; readonly value: string | number | boolean }
  | { readonly kind: 'string' | 'number' | 'boolean'; readonly name: string };

export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
  readonly form: Form;
}

/**
 * The forms of types that a declaration file exports, read by the TypeScript compiler. A form is named by its alias,
 * else by its interface; forms that contain themselves do so as the same object.
 *
 * @param tsconfig - whose program has the file; a small one is read in half a second
 */
export function formsOf(tsconfig: string, file: string, types: readonly string[]): readonly Form[] {
  const api = new API({});
  try {
    const project = api.updateSnapshot({ openProjects: [tsconfig] }).getProject(tsconfig);
    const source = project?.program.getSourceFile(file);
    const exported = source && project?.checker.getSymbolAtLocation(source)?.getExports();
    if (!project || !exported) throw new Error(`${tsconfig} has no program with ${file}`);
    const { checker } = project;
    const reader = new FormReader(checker);
    return types.map((name) => {
      const symbol = [...exported].find(([key]) => key === name)?.[1];
      if (!symbol) throw new Error(`${file} exports no ${name}`);
      return reader.form(checker.getDeclaredTypeOfSymbol(symbol));
    });
  } finally {
    api.close();
  }
}

class FormReader {
  readonly #checker: Checker;
  readonly #known = new Map<number, Form>();

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  form(optional: Type): Form {
    const type = withoutUndefined(optional);
    const known = this.#known.get(type.id);
    if (known) return known;
    const name = nameOf(type);
    // Known before it is whole, since its members may lead back to it.
    const form = { name } as { -readonly [Key in keyof Form]: Form[Key] };
    this.#known.set(type.id, form as Form);
    return Object.assign(form, this.#read(type)) as Form;
  }

  #read(type: Type): object {
    if (type.isLiteralType()) return { kind: 'literal', value: type.value };
    if (is(type, TypeFlags.StringLike)) return { kind: 'string' };
    if (is(type, TypeFlags.NumberLike)) return { kind: 'number' };
    if (type.flags & TypeFlags.BooleanLike) return { kind: 'boolean' };
    if (type.isUnionType()) {
      const alternatives = type.getTypes().filter((each) => !isNothing(each));
      return { kind: 'union', alternatives: alternatives.map((each) => this.form(each)) };
    }
    if (type.isTypeReference() && this.#checker.isArrayLikeType(type)) {
      const [item] = this.#checker.getTypeArguments(type);
      if (item) return { kind: 'array', item: this.form(item) };
    }
    const properties = this.#checker.getPropertiesOfType(type);
    const types = this.#checker.getTypeOfSymbol(properties);
    const members = properties.flatMap((property, index) => {
      const of = types[index];
      // Of an alternative that has not this member.
      if (!of || of.flags & (TypeFlags.Undefined | TypeFlags.Never)) return [];
      return [
        {
          name: property.name,
          isOptional: (property.flags & SymbolFlags.Optional) !== 0,
          form: this.form(of),
        },
      ];
    });
    return { kind: 'object', members };
  }
}

/** The one alternative of a member that may be left out. */
function withoutUndefined(type: Type): Type {
  const alternatives = type.isUnionType() ? type.getTypes().filter((each) => !isNothing(each)) : [type];
  return alternatives.length === 1 && alternatives[0] ? alternatives[0] : type;
}

function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Null)) !== 0;
}

/**
 * Whether it is text, or a number, also one with a mark: `string & { … }`, by which our own forms say what it holds.
 */
function is(type: Type, flag: TypeFlags): boolean {
  if (type.isIntersectionType()) return type.getTypes().some(({ flags }) => flags & flag);
  return (type.flags & flag) !== 0;
}

function nameOf(type: Type): string {
  const own = type.getAliasSymbol()?.name ?? type.getSymbol()?.name;
  if (own !== undefined || !(type.isIntersectionType() || type.isUnionType())) return own ?? '';
  // `Message & { chat: … }` is a message all the same, and `User | undefined` a user.
  return (
    type
      .getTypes()
      .map(nameOf)
      .find((name) => name !== '') ?? ''
  );
}
