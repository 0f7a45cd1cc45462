/** What a program writes to call a kfunc, as text to paste. */
import type { Kfunc } from '#lib/model/published.ts'
import { stemOf } from '#lib/publish/history/prototype.ts'
import { declaredName } from '#lib/publish/usage/declaration.ts'

/** The call by the name that a program declares, its arguments named as the parameters are, without suffixes: "bpf_x(task, NULL)". null: its prototype is not known. */
export function callText({ name, prototype }: Pick<Kfunc, 'name' | 'prototype'>): string | null {
  if (!prototype) return null
  const passed = prototype.parameters.map((parameter) => parameter.fixed ?? stemOf(parameter))
  return `${declaredName(name)}(${passed.join(', ')})`
}
