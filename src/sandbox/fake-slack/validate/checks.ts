/** Collects problems with pointers, the way Slack's validator reports them. */
export interface Problems {
  add(at: string, message: string): void;
  readonly list: readonly string[];
}

export type Check = (value: unknown, at: string, problems: Problems) => void;

export function createProblems(): Problems {
  const list: string[] = [];
  return { add: (at, message) => list.push(`[ERROR] ${message} [json-pointer:${at}]`), list };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any JSON value as text; `String` would call a `toString` that the sender made up. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** A string whose length, in UTF-16 units as Slack counts, lies within bounds and which holds no half of a pair. */
export function string(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== "string") return problems.add(at, "must be a string");
    if (value.length < min) problems.add(at, `must be more than ${min - 1} characters`);
    if (value.length > max) problems.add(at, `must be less than ${max + 1} characters`);
    if (!isWellFormed(value)) problems.add(at, "must be valid Unicode: lone surrogate");
  };
}

export function isWellFormed(value: string): boolean {
  // A lone surrogate cannot be encoded as UTF-8 and comes back as U+FFFD.
  return Buffer.from(value, "utf8").toString("utf8") === value;
}

export function integer(min: number, max: number): Check {
  return (value, at, problems) => {
    if (!Number.isInteger(value)) problems.add(at, "must be an integer");
    else if ((value as number) < min || (value as number) > max) problems.add(at, `must be between ${min} and ${max}`);
  };
}

export const number: Check = (value, at, problems) => {
  if (typeof value !== "number" || !Number.isFinite(value)) problems.add(at, "must be a number");
};

export const boolean: Check = (value, at, problems) => {
  if (typeof value !== "boolean") problems.add(at, "must be a boolean");
};

export const anything: Check = () => {};

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, at, problems) => {
    if (!allowed.includes(value as string)) problems.add(at, `must be one of: ${allowed.join(", ")}`);
  };
}

export function array(item: Check, min: number, max: number): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problems.add(at, "must be an array");
    if (value.length < min) problems.add(at, `no less than ${min} items allowed`);
    if (value.length > max) problems.add(at, `no more than ${max} items allowed`);
    for (const [index, each] of value.entries()) item(each, `${at}/${index}`, problems);
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Rules over several fields at once. */
  readonly also?: (value: Record<string, unknown>, at: string, problems: Problems) => void;
}

/** An object with exactly these fields: a misspelt one is a problem, as it is for Slack. */
export function object(shape: Shape): Check {
  const required = Object.entries(shape.required ?? {});
  const known: Record<string, Check> = { ...shape.optional, ...shape.required };
  return (value, at, problems) => {
    if (!isObject(value)) return problems.add(at, "must be an object");
    for (const [name] of required) {
      if (value[name] === undefined) problems.add(at, `missing required field: ${name}`);
    }
    for (const [name, field] of Object.entries(value)) {
      const check = known[name];
      if (!check) problems.add(at, `invalid additional property: ${name}`);
      else if (field !== undefined) check(field, `${at}/${name}`, problems);
    }
    shape.also?.(value, at, problems);
  };
}

/** An object that is checked by the shape its `type` names; other types are not allowed in this place. */
export function byType(shapes: Readonly<Record<string, Check>>): Check {
  return (value, at, problems) => {
    if (!isObject(value)) return problems.add(at, "must be an object");
    const shape = typeof value.type === "string" && Object.hasOwn(shapes, value.type) ? shapes[value.type] : undefined;
    if (shape) return shape(value, at, problems);
    problems.add(`${at}/type`, `unsupported type: ${asText(value.type)}`);
  };
}

/** An object with a fixed `type` besides the given fields. */
export function typed(type: string, shape: Shape): Check {
  return object({ ...shape, required: { type: oneOf(type), ...shape.required } });
}

/** At least one, or exactly one, of the named fields. */
export function needs(names: readonly string[], exactly: boolean): NonNullable<Shape["also"]> {
  return (value, at, problems) => {
    const given = names.filter((name) => value[name] !== undefined && value[name] !== null).length;
    if (given === 0) problems.add(at, `must define ${names.join(" or ")}`);
    if (exactly && given > 1) problems.add(at, `must define only one of ${names.join(", ")}`);
  };
}
