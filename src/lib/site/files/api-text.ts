import { hasFlags } from '#lib/model/flags-known.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { shortFlag } from '#lib/site/kfunc/flag-notes.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'

/**
 * `/api/v<id>.txt`: one line for each kfunc, in byte order, so that the difference of two files is the change between
 * two releases. Kfuncs of the kernel's own tests and generated twins are left out.
 */
export function apiText(release: Release): string {
  const { id, tag, coverage } = release.release
  const header = `# kfuncs of Linux ${id} (${tag}, ${coverage}): prototype; flags; program types (? sometimes, - not known)`
  const lines = release.kfuncs
    .filter(({ kind }) => kind === 'callable')
    .map((kfunc) => apiLine(kfunc, release))
  return `${[header, ...lines].join('\n')}\n`
}

function apiLine(kfunc: Kfunc, release: Release): string {
  const prototype = kfunc.prototype?.text ?? `${kfunc.name} -`
  const flags = kfunc.flags.map(shortFlag).join(' ') || (hasFlags(release) ? 'none' : '-')
  return `${prototype}; ${flags}; ${typesOf(kfunc)}`
}

/** "all" where every type may always call it, else the types by name. */
function typesOf({ programTypes }: Kfunc): string {
  if (programTypes === null) return '-'
  if (programTypes.every(({ callable }) => callable === 'always')) return 'all'
  const types = programTypes
    .filter(({ callable }) => callable !== 'never')
    .map(
      ({ programType, callable }) => `${shortProgramType(programType)}${callable === 'sometimes' ? '?' : ''}`,
    )
  return types.join(' ') || 'none'
}
