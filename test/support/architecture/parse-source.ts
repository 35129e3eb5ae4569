/** What the laws need to know of one source file: whom it imports, what it names, what it compares. */
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** A file of the project by its path from the root, or the name of a package. */
  readonly target: string;
  readonly kind: 'file' | 'package';
  readonly typeOnly: boolean;
  /** Whether a name is picked out by value, as in `import { a } from …`. */
  readonly picksValues: boolean;
}

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  /** Every identifier, property names too. */
  readonly names: ReadonlySet<string>;
  /** `object.property` of every member access whose object has a plain name, such as `shell.openPath`. */
  readonly members: ReadonlySet<string>;
  /** Names that are compared with a string literal, or switched on. */
  readonly compared: ReadonlySet<string>;
}

interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** @throws when the text is not TypeScript */
export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text, { sourceType: 'module' });
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const names = new Set<string>();
  const members = new Set<string>();
  const compared = new Set<string>();
  let hasDefaultExport = false;

  const addImport = (specifier: unknown, typeOnly: boolean, picksValues = false) => {
    if (typeof specifier !== 'string') return;
    imports.push({ ...resolveImport(path, specifier), typeOnly, picksValues });
  };

  const take = (node: SyntaxNode): void => {
    const { source, specifiers } = node as { source?: unknown; specifiers?: unknown };
    const from = isNode(source) ? source.value : undefined;
    switch (node.type) {
      case 'ImportDeclaration': {
        const picked = (Array.isArray(specifiers) ? specifiers : []).filter(isNode);
        const values = picked.filter(({ importKind }) => importKind !== 'type');
        const typeOnly = node.importKind === 'type' || (picked.length > 0 && values.length === 0);
        const picksValues = !typeOnly && values.some(({ type }) => type === 'ImportSpecifier');
        addImport(from, typeOnly, picksValues);
        break;
      }
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        addImport(from, node.exportKind === 'type');
        break;
      case 'ImportExpression':
        addImport(from, false);
        break;
      case 'TSImportType':
        addImport(from, true);
        break;
      case 'ExportDefaultDeclaration':
        hasDefaultExport = true;
        break;
      case 'Identifier':
      case 'JSXIdentifier':
        names.add(String(node.name));
        break;
      case 'MemberExpression':
        members.add(`${nameOf(node.object)}.${nameOf(node.property)}`);
        break;
      case 'BinaryExpression':
        if (/^[!=]==?$/.test(String(node.operator))) {
          if (isString(node.right)) compared.add(nameOf(node.left));
          if (isString(node.left)) compared.add(nameOf(node.right));
        }
        break;
      case 'SwitchStatement':
        compared.add(nameOf(node.discriminant));
        break;
      case 'ExportSpecifier':
        if (nameOf(node.exported) === 'default') hasDefaultExport = true;
        break;
    }
  };

  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
    } else if (isNode(value)) {
      take(value);
      for (const child of Object.values(value)) walk(child);
    }
  };
  walk(program);
  return { path, text, imports, hasDefaultExport, names, members, compared };
}

function resolveImport(path: string, specifier: string): Pick<Import, 'target' | 'kind'> {
  if (specifier.startsWith('.')) {
    const [file = ''] = posix.join(posix.dirname(path), specifier).split('?');
    return { kind: 'file', target: file };
  }
  const parts = specifier.startsWith('node:') ? 1 : specifier.startsWith('@') ? 2 : 1;
  return { kind: 'package', target: specifier.split('/').slice(0, parts).join('/') };
}

const isString = (value: unknown): boolean =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string';

/** The last plain name of an expression: `b` for both `b` and `a.b`. */
function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'MemberExpression') return nameOf(value.property);
  return typeof value.name === 'string' ? value.name : '';
}
