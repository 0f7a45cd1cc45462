/** What a program writes to call a kfunc, as text to paste. */
import type { Kfunc } from '#lib/model/published.ts'

/** The call, its arguments named as the parameters are, without suffixes: "bpf_x(task, NULL)". null: its prototype is not known. */
export function callText({ name, prototype }: Pick<Kfunc, 'name' | 'prototype'>): string | null {
  if (!prototype) return null
  const passed = prototype.parameters.map(({ name: own, suffix, fixed }) => {
    if (fixed !== null) return fixed
    return suffix !== null && own.endsWith(suffix) ? own.slice(0, -suffix.length) : own
  })
  return `${name}(${passed.join(', ')})`
}
