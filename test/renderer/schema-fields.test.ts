/** Forms drawn from the JSON Schema of an action's input. */
import { expect, test } from 'vitest';
import { initialValues, schemaFields } from '../../renderer/ui/schema-fields.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 50 },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    release: { type: 'boolean' },
    size: { enum: ['small', 'large'] },
    nested: { type: 'object', properties: {} },
  },
  required: ['name', 'size'],
};

test('texts, numbers, switches and choices become fields; what no form can draw does not', () => {
  expect(schemaFields(schema)).toEqual([
    { kind: 'text', name: 'name', required: true, maxLength: 50 },
    { kind: 'number', name: 'count', required: false, min: 1, max: 9 },
    { kind: 'switch', name: 'release', required: false },
    { kind: 'choice', name: 'size', required: true, choices: ['small', 'large'] },
  ]);
});

test('an untouched form sends nothing for what is optional', () => {
  expect(initialValues(schemaFields(schema))).toEqual({ name: '', release: false, size: 'small' });
});

test.each([{}, { properties: null }, { properties: { x: null } }, { properties: { x: 7 } }])(
  'a schema that is none has no fields: %j',
  (odd) => {
    expect(schemaFields(odd)).toEqual([]);
  },
);
