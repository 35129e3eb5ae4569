/** What a flat JSON Schema object asks for, as fields of a form. */

interface FieldBase {
  readonly name: string;
  readonly required: boolean;
}

export type SchemaField =
  | (FieldBase & {
      readonly kind: 'text';
      readonly maxLength: number | undefined;
      /** With the flag `u`. */
      readonly pattern: string | undefined;
    })
  | (FieldBase & {
      readonly kind: 'number';
      readonly min: number | undefined;
      readonly max: number | undefined;
    })
  | (FieldBase & { readonly kind: 'switch' })
  | (FieldBase & { readonly kind: 'choice'; readonly choices: readonly string[] });

export type FormValues = Readonly<Record<string, string | number | boolean>>;

/** Fields of kinds that no form can draw are left out: such an action needs a wizard. */
export function schemaFields(schema: Readonly<Record<string, unknown>>): readonly SchemaField[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(asObject(schema.properties)).flatMap(([name, property]): SchemaField[] => {
    const field = toField({ name, required: required.has(name) }, asObject(property));
    return field ? [field] : [];
  });
}

function toField(base: FieldBase, property: Record<string, unknown>): SchemaField | undefined {
  if (Array.isArray(property.enum)) {
    return { ...base, kind: 'choice', choices: property.enum.map(String) };
  }
  switch (property.type) {
    case 'string':
      return {
        ...base,
        kind: 'text',
        maxLength: asNumber(property.maxLength),
        pattern: typeof property.pattern === 'string' ? property.pattern : undefined,
      };
    case 'integer':
    case 'number':
      return {
        ...base,
        kind: 'number',
        min: asNumber(property.minimum),
        max: asNumber(property.maximum),
      };
    case 'boolean':
      return { ...base, kind: 'switch' };
    default:
      return undefined;
  }
}

/** What an untouched form holds: nothing for what is optional, so that the core's defaults stand. */
export function initialValues(fields: readonly SchemaField[]): FormValues {
  const values: Record<string, string | number | boolean> = {};
  for (const field of fields) {
    if (field.kind === 'switch') values[field.name] = false;
    else if (field.kind === 'choice') values[field.name] = field.choices[0] ?? '';
    else if (field.kind === 'text' && field.required) values[field.name] = '';
  }
  return values;
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
