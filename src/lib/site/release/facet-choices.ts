/** What the rows of a release's page can be narrowed by: the choices of each facet, in words. */
import { byteOrder } from '#lib/model/order.ts'
import type { Facet } from './facets.ts'
import type { KfuncRow, ReleasePage } from './page.ts'

/** One facet as the page offers it. */
export interface FacetChoices {
  readonly facet: Facet
  /** What stands while nothing is chosen. */
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
}

/** The object that stands for "not in a module". */
export const VMLINUX = 'vmlinux'

/** The facets of a release, those left out that have nothing to choose from. */
export function facetChoices({
  groups,
  types,
  before,
}: Pick<ReleasePage, 'groups' | 'types' | 'before'>): readonly FacetChoices[] {
  const rows = groups.flatMap((group) => group.rows)
  const valuesOf = (read: (row: KfuncRow) => string): readonly string[] =>
    [...new Set(rows.flatMap((row) => read(row).split(' ')))].filter(Boolean).sort(byteOrder)
  const objects = new Set(rows.map(({ object }) => object || VMLINUX))
  const same = (values: readonly string[]) => values.map((value) => ({ value, text: value }))
  const all: readonly FacetChoices[] = [
    {
      facet: 'type',
      label: 'Program type',
      choices: types.map(({ segment }) => ({ value: segment, text: segment })),
    },
    {
      facet: 'flag',
      label: 'Flag',
      choices: valuesOf(({ flags }) => flags).map((flag) => ({ value: `KF_${flag}`, text: flag })),
    },
    {
      facet: 'subsystem',
      label: 'Subsystem',
      choices: groups.map(({ name, anchor }) => ({ value: anchor, text: name })),
    },
    {
      facet: 'object',
      label: 'Object',
      choices: same(
        [...objects].sort((a, b) => Number(b === VMLINUX) - Number(a === VMLINUX) || byteOrder(a, b)),
      ),
    },
    {
      facet: 'config',
      label: 'Configuration',
      choices: valuesOf(({ config }) => config).map((value) => ({
        value,
        text: value.replace('CONFIG_', ''),
      })),
    },
    {
      facet: 'sleeps',
      label: 'Sleeping',
      choices: [
        { value: 'yes', text: 'may sleep' },
        { value: 'no', text: 'does not sleep' },
      ],
    },
    {
      facet: 'changed',
      label: 'Changed',
      choices: before.map((id) => ({ value: id, text: `since ${id}` })),
    },
    {
      facet: 'told',
      label: 'Documented',
      choices: [
        { value: 'kernel', text: 'by the kernel' },
        { value: 'ours', text: 'by Kfunc Atlas' },
        { value: 'none', text: 'by neither' },
      ],
    },
  ]
  return all.filter(({ facet, choices }) => choices.length > (facet === 'changed' ? 0 : 1))
}
