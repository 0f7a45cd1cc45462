/** A kernel-doc comment for a kfunc, to be pasted into a patch: what the kernel says already stays, facts are filled in. */
import type { Kfunc, Parameter, Release } from '#lib/model/published.ts'
import { parameterWords } from '#lib/publish/arguments/words.ts'

/** What a comment lacks. */
export interface MissingDoc {
  /** There is no comment, or one without a sentence on what it does. */
  readonly summary: boolean
  /** Parameters of the kernel's function without a text. */
  readonly parameters: readonly string[]
  readonly returns: boolean
}

/** What the comment of a kfunc lacks; null: nothing. */
export function missingDoc(kfunc: Kfunc): MissingDoc | null {
  const { doc, prototype } = kfunc
  const missing = {
    summary: !doc?.summary,
    parameters: parametersOf(kfunc)
      .filter((one) => !textOf(one, kfunc))
      .map(({ name }) => name),
    returns: prototype !== null && prototype.returns !== 'void' && !doc?.returns,
  }
  return missing.summary || missing.returns || missing.parameters.length > 0 ? missing : null
}

/** The parameters of the function as the kernel defines it, which are those that its comment tells of. */
export function parametersOf({ kernelPrototype, prototype }: Kfunc): readonly Parameter[] {
  return kernelPrototype?.parameters ?? prototype?.parameters ?? []
}

const textOf = ({ name, doc }: Parameter, kfunc: Kfunc): string | null =>
  doc || kfunc.doc?.parameters[name] || null

/** The comment, whole lines of C without a newline at the end. What its author has to write stands in `<…>`. */
export function kernelDocStub(kfunc: Kfunc, release: Release): string {
  const { name, doc, flags, prototype } = kfunc
  const parameters = parametersOf(kfunc).map(
    (one) => `@${one.name}: ${textOf(one, kfunc) ?? words(one, kfunc, release)}`,
  )
  const context = [
    ...(flags.includes('KF_SLEEPABLE') ? ['May sleep.'] : []),
    ...(flags.includes('KF_RCU_PROTECTED') ? ['Under the RCU read lock.'] : []),
  ]
  const returns =
    prototype === null || prototype.returns === 'void'
      ? []
      : ['', `Return: ${doc?.returns ?? returnWords(prototype.returns, flags)}`]
  const lines = [
    `${name}() - ${doc?.summary || '<what it does>'}`,
    ...parameters,
    '',
    ...(doc?.body ? doc.body.split('\n') : ['<when to call it, and what to watch for>']),
    ...(context.length > 0 ? ['', `Context: ${context.join(' ')}`] : []),
    ...returns,
  ]
  return [
    '/**',
    ...lines.flatMap((line) => line.split('\n')).map((line) => ` * ${line}`.trimEnd()),
    ' */',
  ].join('\n')
}

function words(parameter: Parameter, kfunc: Kfunc, release: Release): string {
  if (parameter.implicit) return 'supplied by the verifier'
  const fact = parameterWords(parameter, kfunc, release)
  return fact === null ? '<what to pass>' : `<what to pass>; ${fact}`
}

function returnWords(returns: string, flags: readonly string[]): string {
  if (!returns.endsWith('*')) return '<what it returns>'
  const parts = [
    flags.includes('KF_ACQUIRE')
      ? 'a reference to <what>, to be released by <kfunc>()'
      : '<what it points to>',
    ...(flags.includes('KF_RET_NULL') ? ['or NULL when <why>'] : []),
  ]
  return parts.join(', ')
}
