/** A form drawn from a JSON Schema: texts, whole numbers, switches and choices. */
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import type { FormValues, SchemaField } from './schema-fields.ts';
import { useWord } from './texts.ts';

interface SchemaFormProps {
  readonly fields: readonly SchemaField[];
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
}

export function SchemaForm({ fields, values, onChange }: SchemaFormProps) {
  return fields.map((field) => (
    <SchemaInput
      key={field.name}
      field={field}
      value={values[field.name]}
      onChange={(value) => {
        const { [field.name]: _former, ...others } = values;
        onChange(value === undefined ? others : { ...others, [field.name]: value });
      }}
    />
  ));
}

interface SchemaInputProps {
  readonly field: SchemaField;
  readonly value: string | number | boolean | undefined;
  readonly onChange: (value: string | number | boolean | undefined) => void;
}

function SchemaInput({ field, value, onChange }: SchemaInputProps) {
  const word = useWord();
  const label = word(`actions:fields.${field.name}`, field.name);
  const common = { size: 'xs', label, required: field.required } as const;
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          value={typeof value === 'string' ? value : ''}
          {...(field.maxLength !== undefined && { maxLength: field.maxLength })}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value || (field.required ? '' : undefined))
          }
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'switch':
      return (
        <Switch
          size="xs"
          label={label}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={[...field.choices]}
          value={String(value)}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}
