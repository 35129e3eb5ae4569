/** A draft without problems as the input of the action. */
import { type CreateDraft, chosenDrive, type Offered } from './create-draft.ts';
import { readPortNumber } from './create-problems.ts';

export function toCreateInput(draft: CreateDraft, { drives }: Offered) {
  const { source, imageId, snapshotId, kind, hardware, region, units, name } = draft;
  const drive = chosenDrive(draft, drives ?? []);
  const ports = draft.ports.flatMap(({ port, protocol }) => {
    const number = readPortNumber(port);
    return number === undefined ? [] : [{ port: number, protocol }];
  });
  return {
    name: name.trim(),
    source: { kind: source, id: (source === 'image' ? imageId : snapshotId).trim() },
    hardware: { kind, name: hardware.trim() },
    region: region.trim(),
    units,
    ...(drive && { dataDrive: { id: drive.id, readOnly: draft.driveReadOnly } }),
    ...(ports.length > 0 && { ports }),
    ...(draft.variables.length > 0 && {
      environment: Object.fromEntries(
        draft.variables.map(({ name: variable, value }) => [variable, value]),
      ),
    }),
  };
}

export type CreateInput = ReturnType<typeof toCreateInput>;
